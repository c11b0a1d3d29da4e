# shellcheck shell=bash
# Helpers of the scripts in this folder. Sourced, never run; works with the bash 3.2 of macOS too.

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$scripts")

# Prints the comment at the top of the running script and ends it when one of the arguments asks for help.
help_if_asked() {
  local argument
  for argument in "$@"; do
    case $argument in
      -h | --help)
        awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$0"
        exit 0
        ;;
    esac
  done
}

# Ends the script with one sentence on standard error.
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Files that belong to the repository and exist, tracked or new but not ignored, one per line; arguments are pathspecs.
repository_files() {
  (
    cd "$root" || exit
    git ls-files --cached --others --exclude-standard -- "$@" | sort -u | while IFS= read -r file; do
      if [[ -f $file ]]; then printf '%s\n' "$file"; fi
    done
  )
}

# shellcheck shell=bash
# Helpers of the scripts in this folder. Sourced, never run; works with the bash 3.2 of macOS too.

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$scripts")

# The checks compile like this; a user's own build keeps warnings as warnings. All of them use the same flags, so that
# one build serves several checks.
# shellcheck disable=SC2034  # used by the scripts that source this file
strict=(-Xswiftc -warnings-as-errors -Xcc -Wall -Xcc -Werror)

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
# shellcheck disable=SC2120  # no pathspec means all files
repository_files() {
  (
    cd "$root" || exit
    git ls-files --cached --others --exclude-standard -- "$@" | sort -u | while IFS= read -r file; do
      if [[ -f $file ]]; then printf '%s\n' "$file"; fi
    done
  )
}

# Makes a git repository of the files as they are now, committed or not, in the folder $1 and tags it 1.0.0.
copy_repository() {
  local git=(git -C "$1" -c user.name=check -c user.email=check@localhost -c commit.gpgsign=false -c tag.gpgsign=false)
  mkdir -p "$1"
  # shellcheck disable=SC2119
  repository_files | tar -C "$root" -cf - -T - | tar -C "$1" -xf -
  git -c init.defaultBranch=main init --quiet "$1"
  "${git[@]}" add --all
  "${git[@]}" commit --quiet --message "A copy of the working tree"
  "${git[@]}" tag 1.0.0
}

# shellcheck shell=bash
# shellcheck disable=SC2154  # lib.sh, sourced before, sets root and scripts
# Builds and runs `house`, the small Swift program behind the checks of manifests and arrows. Sourced, never run.

# Writes what SwiftPM makes of each manifest to .build/check/dumps/<package>.json, where it is not there yet.
dump_manifests() {
  local folder dump
  mkdir -p "$root/.build/check/dumps"
  for folder in "$root" "$root"/Packages/*/; do
    [[ -f $folder/Package.swift ]] || fail "$folder has no Package.swift"
    dump=$root/.build/check/dumps/$(basename "$folder").json
    if [[ $folder == "$root" ]]; then dump=$root/.build/check/dumps/root.json; fi
    if [[ ! -s $dump || $folder/Package.swift -nt $dump ]]; then
      swift package --package-path "$folder" --scratch-path "$root/.build/check/scratch" dump-package > "$dump.new"
      mv "$dump.new" "$dump"
    fi
  done
}

# Runs one subcommand of `house`, built anew when a source changed.
run_house() {
  local program=$root/.build/check/house sources=("$scripts"/checks/house/*.swift) file stale=false
  mkdir -p "$root/.build/check"
  for file in "${sources[@]}"; do
    if [[ ! -x $program || $file -nt $program ]]; then stale=true; fi
  done
  if $stale; then swiftc -swift-version 6 -warnings-as-errors -o "$program" "${sources[@]}"; fi
  dump_manifests
  "$program" "$1" "$root"
}

# Shared by the scripts: progress, failures that name step and remedy, and downloads done once.

progress() { # TITLE DETAIL
    printf '\033[1m%s\033[0m  %s\n' "$1" "${2:-}" >&2
}

fail() { # STEP REMEDY
    printf 'FAILED while %s.\nTo do: %s.\n' "$1" "$2" >&2
    exit 1
}

# Keeps a command's output out of sight unless it fails. Descriptor 9 is the lock: no child may hold it.
run() { # STEP REMEDY COMMAND…
    local step=$1 remedy=$2 log
    shift 2
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1 9>&-; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        fail "$step" "$remedy"
    fi
    rm -f "$log"
}

is_root() { [[ $(id -u) -eq 0 ]]; }

has_apt() { command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

# System tools that the tests use: found, installed with apt, or named all at once.

# What is looked for, and the Debian packages that bring it: first what an environment needs to be made.
BUILD_TOOLS=(
    "g++:g++"
    "venv:python3-venv"
)
TEST_TOOLS=(
    "chromium:chromium"
    "mpd:mpd"
    "espeak-ng:espeak-ng"
    "mosquitto:mosquitto"
    "shellcheck:shellcheck"
    "ffmpeg:ffmpeg"
    "sox:sox"
    "node:nodejs"
    "npm:npm"
    "libturbojpeg.so.0:libturbojpeg0"
    "libfaketimeMT.so.1:libfaketime"
)

has_tool() {
    case $1 in
        venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
        mosquitto) PATH=$PATH:/usr/sbin command -v mosquitto >/dev/null ;; # a server is for administrators
        libfaketime*) compgen -G "/usr/lib/*/faketime/$1" >/dev/null ;; # for those alone who preload it
        *.so.*) PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -F "$1" >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

missing_packages() { # TOOL…
    local tool
    for tool in "$@"; do
        has_tool "${tool%%:*}" || echo "${tool#*:}"
    done
}

ensure_tools() { # TOOL…
    local missing
    missing=$(missing_packages "$@" | tr '\n' ' ')
    missing=${missing% }
    [[ -z $missing ]] && return
    if ! has_apt || ! is_root; then
        fail "looking for system tools: missing are $missing" \
            "install them (on Debian, as root: apt-get update && apt-get install $missing), then run this again"
    fi
    progress "System tools" "$missing"
    run "refreshing apt's lists" "check the network and the machine's apt sources" apt-get update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive run "installing $missing" "run 'apt-get install $missing' and read what it says" \
        apt-get install --yes --no-install-recommends $missing
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [[ -z $missing ]] || fail "looking for $missing after installing them" "install them by hand"
}

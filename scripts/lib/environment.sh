# Environments: one for each release of Home Assistant that tests run on. Sourced after common.sh and python.sh.

environment_of() { # RELEASE
    case $1 in
        newest) echo "$ROOT/.venv" ;;
        *) echo "$STATE/$1" ;;
    esac
}

# What an environment is made of; the newest pre-release is looked up each time, so its stamp never fits.
environment_stamp() { # RELEASE
    [[ $1 != next ]] || { date +%s%N && return; }
    echo "$1"
    cd "$ROOT" && sha256sum requirements_*.txt scripts/lib/{common,environment,python,tools}.sh
}

environment_is_current() { # RELEASE STAMP
    local environment
    environment=$(environment_of "$1")
    [[ -x $environment/bin/python && -f $environment/.stamp ]] &&
        [[ $(<"$environment/.stamp") == "$2" ]] &&
        "$environment/bin/python" -c '' 2>/dev/null
}

ensure_environment() { # RELEASE
    local release=$1 environment stamp
    environment=$(environment_of "$release")
    stamp=$(environment_stamp "$release")
    environment_is_current "$release" "$stamp" && return
    ensure_uv
    make_environment "$environment"
    rm -f "$environment/.stamp"
    "install_$release" "$environment/bin/python"
    printf '%s' "$stamp" >"$environment/.stamp"
    progress "Ready" "${environment#"$ROOT/"}"
}

make_environment() { # FOLDER
    local environment=$1 python
    [[ -f $environment/.stamp ]] && "$environment/bin/python" -c '' 2>/dev/null && return
    python=$(find_python)
    progress "Environment" "$("$python" --version 2>&1) in ${environment#"$ROOT/"}"
    run "creating ${environment#"$ROOT/"}" "remove it and .home_gym, then run scripts/setup again" \
        "$UV" venv --quiet --clear --no-python-downloads --python "$python" "$environment"
}

install_newest() { # PYTHON
    install_requirements "$1" "$ROOT/requirements_test.txt"
}

install_oldest() { # PYTHON
    install_requirements "$1" "$ROOT/requirements_oldest.txt"
}

# First Home Assistant alone, for it names the versions of all that comes along.
install_next() { # PYTHON
    progress "Packages" "the newest Home Assistant, pre-releases too"
    install "$1" "the newest Home Assistant" --upgrade --prerelease allow homeassistant
    install_requirements "$1" \
        <("$1" "$ROOT/scripts/lib/home_assistant_pins.py" "$ROOT/requirements_test.txt")
}

install_requirements() { # PYTHON OVERRIDES
    local overrides
    overrides=$(mktemp)
    cat "$2" >"$overrides"
    progress "Packages" "requirements_test.txt with Home Assistant $(sed -n 's/^homeassistant==//p' "$overrides") (about 300 MB the first time)"
    install "$1" requirements_test.txt --exact --requirement "$ROOT/requirements_test.txt" --override "$overrides"
    rm -f "$overrides"
}

install() { # PYTHON WHAT ARGUMENT…
    local python=$1 what=$2
    shift 2
    CPATH=$(private_config_headers "$(readlink -f "$python")") \
        run "installing $what" "check the network and the disk, then run scripts/setup again" \
        "$UV" pip install --quiet --no-python-downloads --python "$python" "$@"
}

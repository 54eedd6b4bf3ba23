# Mutmut in an environment of its own, beside those packages that the domain's tests import.

MUTATE=$STATE/mutate
# Mutmut parses by libcst, which has to know this Python's syntax.
MUTATE_PACKAGES=(mutmut==3.8.1 libcst==1.9.0 textual==8.2.8)
# In the versions that .venv has.
MUTATE_TESTS_USE=(hassil home-assistant-intents hypothesis mutagen pytest)

mutate_wanted() {
    echo "${MUTATE_PACKAGES[*]}"
    "$UV" pip freeze --python "$VENV/bin/python" | grep -E "^($(IFS='|' && echo "${MUTATE_TESTS_USE[*]}"))=="
}

mutate_is_current() { # WANTED
    [[ -f $MUTATE/.stamp && $(<"$MUTATE/.stamp") == "$1" ]] && "$MUTATE/bin/python" -c 'import mutmut' 2>/dev/null
}

ensure_mutate() {
    local wanted
    ensure_uv
    wanted=$(mutate_wanted)
    mutate_is_current "$wanted" && return
    progress "Mutation testing" "${MUTATE_PACKAGES[0]} in .home_gym/mutate"
    run "creating .home_gym/mutate" "remove .home_gym/mutate, then run scripts/mutate again" \
        "$UV" venv --quiet --clear --no-python-downloads --python "$VENV/bin/python" "$MUTATE"
    # shellcheck disable=SC2086
    run "installing ${MUTATE_PACKAGES[0]}" "check the network and the disk, then run scripts/mutate again" \
        "$UV" pip install --quiet --no-python-downloads --python "$MUTATE/bin/python" $wanted
    printf '%s' "$wanted" >"$MUTATE/.stamp"
}

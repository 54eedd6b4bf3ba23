# A voice satellite for the end-to-end tests, in an environment of its own: it wants older packages than Home Assistant.

SATELLITE=$STATE/satellite
# All that it imports. It would also like zeroconf, in a version that no newer Python can build, to be found by; the
# tests tell Home Assistant where it is.
SATELLITE_PACKAGES=(wyoming-satellite==1.0.0 wyoming==1.4.1 pyring-buffer==1.0.0)

satellite_is_current() {
    [[ -f $SATELLITE/.stamp && $(<"$SATELLITE/.stamp") == "${SATELLITE_PACKAGES[*]}" ]] &&
        "$SATELLITE/bin/python" -c 'import wyoming_satellite' 2>/dev/null
}

make_satellite() { # PYTHON
    progress "Satellite" "${SATELLITE_PACKAGES[0]} in .home_gym/satellite"
    run "creating .home_gym/satellite" "remove .home_gym/satellite, then run scripts/setup again" \
        "$UV" venv --quiet --clear --no-python-downloads --python "$1" "$SATELLITE"
    run "installing ${SATELLITE_PACKAGES[0]}" "check the network and the disk, then run scripts/setup again" \
        "$UV" pip install --quiet --no-deps --no-python-downloads --python "$SATELLITE/bin/python" \
        "${SATELLITE_PACKAGES[@]}"
    printf '%s' "${SATELLITE_PACKAGES[*]}" >"$SATELLITE/.stamp"
}

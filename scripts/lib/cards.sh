# The cards' packages and their bundle, both made anew only where what they are made of changed.

FRONTEND=$ROOT/frontend

# What npm was told to install is noted beside it: a changed lock file means another set of packages.
packages_are_current() {
    cmp --silent "$FRONTEND/package-lock.json" "$FRONTEND/node_modules/.stamp"
}

ensure_cards() {
    if ! packages_are_current; then
        progress "Cards" "packages of frontend/"
        run "installing the packages of frontend/" "check the network, then run scripts/setup again" \
            npm ci --no-progress --prefix "$FRONTEND"
        cp "$FRONTEND/package-lock.json" "$FRONTEND/node_modules/.stamp"
    fi
    run "building the cards" "read what the bundler says above" node "$FRONTEND/build.mjs"
}

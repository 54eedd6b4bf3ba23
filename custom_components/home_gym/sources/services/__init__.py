"""Sources at services of the internet: a client, a mapping and a row each, and one watcher for all of them."""

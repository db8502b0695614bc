"""Rule files among the tests are data, some of them with mistakes on purpose."""

collect_ignore_glob = ["*.vocp"]

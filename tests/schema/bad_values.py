"""For each rule that a column type brings along, a value that it must refuse."""

NO_ROW = 987_654_321
BAD_VALUES = {
    "_is_an_instant": "yesterday",
    "_is_a_day": "31.12.2025",
    "_is_whole": 1.5,
    "_not_negative": -1,
    "_is_e164": "0722418330",
    "_is_normal": "Somebody@Example.com",
    "_is_fdi": 19,
    "_is_known": "klingon",
    "_is_a_link": "javascript:alert(1)",
    "_is_tidy": " x ",
}

"""Values that nobody types and every site gets."""

VALUES = [
    "",
    "\x00",
    "a\x00b",
    "💥",
    "\ud800".encode("utf-8", "replace").decode(),
    "a" * 5000,
    "-1",
    "0",
    "99999999999999999999",
    "9999-12-31",
    "0001-01-01",
    "0001-01-01T00:00+23:59",
    "9999-12-31T23:59-23:59",
    "2026-02-30T25:61Z",
    "2026-03-29T01:30",
    "NaN",
    "1e400",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "//elsewhere.example/",
    "neuro_accounts:inbox",
    "00000000-0000-0000-0000-000000000000",
]

# What our pages read from an address, and one that nothing reads.
PARAMETERS = ["page", "show", "from", "minutes", "start", "reviews", "next", "decision", "act", "q"]

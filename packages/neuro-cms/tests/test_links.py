import pytest
from django.core.exceptions import ValidationError

from neuro_cms.links import validate_address


@pytest.mark.parametrize("address", ["/", "/sessions/", "/sessions/?kind=group#times", "https://example.org/help"])
def test_path_of_ours_and_https_address_are_accepted(address):
    validate_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//example.org",
        "/\\example.org",
        "http://example.org",
        "sessions",
        "/a b",
        "/a\n",
        "",
        "/\x00",
    ],
)
def test_anything_else_is_refused(address):
    with pytest.raises(ValidationError):
        validate_address(address)

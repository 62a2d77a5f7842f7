from django.template import engines


def render(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load neuro_payments %}" + source).render(context)


def test_the_summary_adds_up() -> None:
    text = render('{% price_summary amount=999 currency="gbp" fee_amount=150 / %}')
    for amount in ("£9.99", "£8.49", "£1.50"):
        assert amount in text


def test_details_are_shown_as_text() -> None:
    details = {"When": "<b>now</b>"}
    text = render('{% price_summary amount=999 currency="gbp" fee_amount=0 details=details / %}', details=details)
    assert "&lt;b&gt;now&lt;/b&gt;" in text

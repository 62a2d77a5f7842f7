from django.forms import BaseForm, BoundField, Textarea
from django.template import Library
from django.utils.safestring import SafeString

register = Library()


@register.filter
def first_control_id(field: BoundField) -> str:
    """The id of the control that a link of the error summary leads to; empty where no control has one."""
    if field.id_for_label:
        return field.id_for_label
    if not field.subwidgets:
        return ""
    first = field.subwidgets[0].data
    parts = first.get("subwidgets") or [first]
    return str(parts[0]["attrs"].get("id", ""))


@register.filter
def layout(field: BoundField) -> str:
    """How a field is laid out: ``trap`` (for robots, not shown), ``group``, ``tick``, ``counted`` or ``plain``."""
    widget = field.field.widget
    if str(widget.attrs.get("tabindex", "")) == "-1":
        return "trap"
    if widget.use_fieldset:
        return "group"
    if isinstance(widget, Textarea) and "maxlength" in widget.attrs:
        return "counted"
    return "tick" if getattr(widget, "input_type", "") == "checkbox" else "plain"


@register.filter
def counted(field: BoundField) -> SafeString:
    """The control of a long text with a limit, which the words below it describe too."""
    attrs: dict[str, str | bool] = {"data-nm": "count"}
    if field.auto_id:
        described_by = field.field.widget.attrs.get("aria-describedby", field.aria_describedby)
        attrs["aria-describedby"] = f"{described_by} {field.auto_id}_limit".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def marked_optional(field: BoundField) -> bool:
    """Whether the label says "optional": only where the same form also asks for something that is required."""
    return not field.field.required and any(other.field.required for other in field.form.visible_fields())


@register.filter
def without_placeholders(form: BaseForm) -> BaseForm:
    """The form without texts that stand in for a label and vanish, and without styles that a strict policy refuses."""
    for field in form.fields.values():
        for name in ("placeholder", "style"):
            field.widget.attrs.pop(name, None)
    return form

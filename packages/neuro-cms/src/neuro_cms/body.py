from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from neuro_cms.links import validate_address


class HeroBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    subheading = blocks.CharBlock(label=_("Sentence below it"), max_length=255, required=False)
    button_text = blocks.CharBlock(label=_("Words on the button"), max_length=40, required=False)
    button_link = blocks.CharBlock(
        label=_("Where the button leads"), max_length=255, required=False, validators=[validate_address]
    )

    class Meta:
        icon = "title"
        label = _("Hero")
        template = "neuro_cms/blocks/hero.html"


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="neuro_cms/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=["bold", "link", "ol", "ul", "h3"])
    hero = HeroBlock()


class BodyField(StreamField):
    """The body of a page. Migrations do not record its blocks, so a new block is no change to the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(BodyBlock(required=not kwargs.get("blank")), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

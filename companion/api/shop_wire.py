"""The wire contract of `/v1/shop`: suggestions beside a video or a search, and what the person does with them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from companion.api.wire import Context, Platform, VideoId, Wire

CardPage = Literal["feed", "video", "search"]
Deed = Literal["impression", "click", "save", "hide", "search"]
Slot = Literal[
    "product", "recipient", "age", "budget", "colour", "material", "size", "brand", "franchise", "interest", "occasion", "exclusion"
]
Hour = Annotated[int, Field(ge=0, le=23)]
CardId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
ProductId = Annotated[str, StringConstraints(min_length=1, max_length=512)]
Asking = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=200)]


class ShopRelatedRequest(Wire):
    """Where the card would stand. `comments` are texts that ask for something; `words` is what was searched for, on a search page."""

    platform: Platform = "tiktok"
    page: CardPage
    video_id: VideoId | None = None
    context: Context = Context()
    comments: Annotated[list[Asking], Field(max_length=20, default_factory=list)]
    words: Words = ""
    hour: Hour | None = None
    most: Annotated[int, Field(ge=1, le=6)] = 3


class Understood(Wire):
    """One thing that was understood: "colour" "blue", "budget" "20 to 50 USD"."""

    slot: Slot
    value: str


class ShopReason(Wire):
    """Why a product is there: it fits what is shown and asked for, or what the person opened (`words` is that product) or looked for."""

    kind: Literal["fits", "opened", "searched", "taste"]
    words: str = ""
    exploring: bool = False
    """Shown now and then to learn something, not because it looks best."""


class ShopItem(Wire):
    """One product in its place (from 1). `price` is in `currency`; `link` and `image` are https addresses, or ""."""

    id: str
    place: Annotated[int, Field(ge=1)]
    title: str
    price: float | None
    currency: str
    link: str
    image: str
    reason: ShopReason


class ShopRelatedAnswer(Wire):
    """A card: no items where nothing fits. `asking` comments were read; `relaxed` names conditions that nothing in the catalogue meets."""

    card: CardId
    items: list[ShopItem]
    understood: list[Understood]
    asking: Annotated[int, Field(ge=0)]
    relaxed: list[str]
    demo: bool
    """From the demo catalogue: invented products, because nothing was imported yet."""


class ShopEventRequest(Wire):
    """What was done with a product of a card (`card` as answered), or with "search" what was searched for (`words`)."""

    kind: Deed
    page: CardPage
    card: CardId | None = None
    product: ProductId | None = None
    words: Words = ""
    hour: Hour | None = None


class ShopEventAnswer(Wire):
    """`stored` is false for a search while searches are not kept."""

    stored: bool

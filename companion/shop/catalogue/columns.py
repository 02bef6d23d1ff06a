"""What the columns of a feed mean: guessed from the names in use and, where these say nothing, from what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from companion.shop.catalogue.prices import money

_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": (
        *("id", "product_id", "productid", "asin", "handle", "url_handle", "sku", "item_id", "item_group_id", "offer_id", "uniq_id"),
        *(
            "unique_id",
            "variant_sku",
            "goods_id",
            "article_number",
            "artikelnummer",
            "codigo",
            "kode_produk",
            "gtin",
            "ean",
            "upc",
            "barcode",
        ),
    ),
    "title": (
        *("title", "product_title", "product_name", "name", "item_name", "goods_name", "product", "heading", "bezeichnung", "titel"),
        *("titre", "nom", "nombre", "titulo", "nama_produk", "nama"),
    ),
    "description": (
        *("description", "product_description", "body_html", "body", "about_product", "long_description", "details", "short_description"),
        *("features", "bullet_points", "summary", "specification", "beschreibung", "descripcion", "deskripsi"),
    ),
    "brand": ("brand", "brand_name", "vendor", "manufacturer", "maker", "seller_name", "marke", "marque", "marca", "merek"),
    "category": (
        *("category_path", "product_type", "google_product_category", "product_category", "categories", "category", "category_name"),
        *(
            "breadcrumbs",
            "breadcrumb",
            "type",
            "department",
            "google_shopping_google_product_category",
            "kategorie",
            "categorie",
            "categoria",
            "kategori",
        ),
    ),
    "category_id": ("category_id", "categoryid"),
    "price": (
        *("sale_price", "discount_price", "discounted_price", "final_price", "selling_price", "current_price", "price", "variant_price"),
        *(
            "product_price",
            "actual_price",
            "original_price",
            "list_price",
            "initial_price",
            "retail_price",
            "amount",
            "mrp",
            "preis",
            "prix",
            "precio",
            "preco",
            "harga",
        ),
    ),
    "currency": (
        "currency",
        "currency_code",
        "price_currency",
        "price_currency_code",
        "iso_currency",
        "waehrung",
        "wahrung",
        "devise",
        "moneda",
        "mata_uang",
    ),
    "image": (
        *("image_link", "image_url", "image_src", "image", "img_url", "imgurl", "main_image", "thumbnail", "picture", "images", "img_link"),
        *("image_urls", "product_image_url", "variant_image", "photo"),
    ),
    "link": ("link", "product_url", "url", "product_link", "producturl", "canonical_link", "page_url", "item_url", "mobile_link", "href"),
    "rating": ("rating", "ratings", "stars", "average_rating", "avg_rating", "product_rating", "review_rating", "score"),
    "ratings": (
        *("n_ratings", "no_of_ratings", "ratings_count", "rating_count", "reviews_count", "review_count", "reviews", "num_reviews"),
        *("number_of_reviews", "total_reviews"),
    ),
    "colour": ("color", "colour", "color_name", "google_shopping_color"),
    "size": ("size", "sizes", "size_name"),
    "gender": ("gender", "google_shopping_gender", "target_gender"),
    "age_group": ("age_group", "google_shopping_age_group", "age_range", "age"),
    "material": ("material", "fabric"),
    "availability": ("availability", "stock", "stock_status", "in_stock"),
    "seller": ("seller", "shop", "shop_name", "store_name"),
    "source": ("source", "marketplace"),
}
"""For each meaning its usual names, the one that is preferred first."""

LEVELS = (
    *("main_category", "category_1", "level_1", "sub_category", "subcategory", "category_2", "level_2", "sub_sub_category"),
    *("category_3", "level_3"),
)
"""Columns that hold one level of the category each, from the widest."""

SEVERAL = frozenset({"price", "category", "image", "description"})
"""Meanings that look into the next column where the preferred one is empty."""
MEANINGS = tuple(_NAMES)
ATTRIBUTES = ("colour", "size", "gender", "age_group", "material", "availability", "seller", "source")

_ALIKE = 90.0
"""rapidfuzz ratio, 0 to 100, from which a misspelled name counts ("descripton" is description at 95)."""
_PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|webp|gif|avif)(?:[?_]\S*)?$", re.I)

Columns = Mapping[str, tuple[str, ...]]
"""For each meaning the columns that may hold it, first the preferred one."""


def guess(
    names: Sequence[str], samples: Iterable[Mapping[str, str]] = (), said: Mapping[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Columns by meaning. `samples` are a few rows; `said` (column -> meaning, "" for none) overrules every guess."""
    said = said or {}
    found: dict[str, list[str]] = {}
    for column, meaning in said.items():
        if meaning:
            found.setdefault(meaning, []).append(column)
    free = [name for name in names if name not in said]
    plain = {name: folded(name) for name in free}
    levels = [name for level in LEVELS for name in free if plain[name] == level]
    if len(levels) > 1 and "category" not in found:
        found["category"] = levels
        free = [name for name in free if name not in levels]
    for close in (False, True):
        for meaning, usual in _NAMES.items():
            if meaning in said.values() or (close and meaning in found):
                continue
            taken = [name for word in usual for name in free if (_alike(plain[name], word) if close else plain[name] == word)]
            taken = taken if meaning in SEVERAL else taken[:1]
            if taken and not (meaning == "category" and "category" in found):
                found.setdefault(meaning, []).extend(taken)
                free = [name for name in free if name not in taken]
    _by_content(found, free, list(samples))
    return {meaning: tuple(columns) for meaning, columns in found.items()}


def folded(name: str) -> str:
    """A column's name as it is compared: "Google Shopping / Age Group" is google_shopping_age_group, "g:imageLink" is image_link.

    >>> folded("Google Shopping / Age Group"), folded("g:imageLink"), folded("Body (HTML)")
    ('google_shopping_age_group', 'image_link', 'body_html')
    """
    name = unicodedata.normalize("NFKD", name.strip().removeprefix("g:").removeprefix("c:"))
    name = "".join(char for char in name if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()).strip("_")


def _alike(name: str, word: str) -> bool:
    return min(len(name), len(word)) >= 5 and fuzz.ratio(name, word) >= _ALIKE


def _by_content(found: dict[str, list[str]], free: Sequence[str], samples: Sequence[Mapping[str, str]]) -> None:
    """Fill in picture, link, price and title by what most cells of a column look like."""
    for name in free:
        cells = [text for row in samples if (text := row.get(name, "").strip())]
        if not cells:
            continue
        if "image" not in found and _most(cells, lambda text: bool(_PICTURE.match(text))):
            found["image"] = [name]
        elif "link" not in found and _most(cells, lambda text: text.startswith(("http://", "https://")) and not _PICTURE.match(text)):
            found["link"] = [name]
        elif "price" not in found and _most(cells, _is_priced):
            found["price"] = [name]
        elif "title" not in found and _most(cells, lambda text: len(text.split()) >= 2 and not text.startswith("http")):
            found["title"] = [name]


def _most(cells: Sequence[str], fits: object) -> bool:
    return callable(fits) and sum(bool(fits(text)) for text in cells) >= 0.8 * len(cells)


def _is_priced(text: str) -> bool:
    try:
        price = money(text) if len(text) < 30 else None
    except ValueError:
        return False
    return price is not None and bool(price.currency)

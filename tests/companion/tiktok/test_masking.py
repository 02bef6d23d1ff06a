"""Contact data leaves every text; what a buyer says stays."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.tiktok import mask

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("@mia.tests where from", "@user where from"),
        ("thanks @mia_1.", "thanks @user."),
        ("＠mia_1 hi", "@user hi"),
        ("﹫mia hi", "@user hi"),
        ("@\u200bmi\u200ba\u200b hi", "@user hi"),
        ("@Иван привет", "@user привет"),
        ("@小明 多少钱", "@user 多少钱"),
        ("@mia@bob", "@user@user"),
        ("@mia🥰 price?", "@user🥰 price?"),
        ("https://www.tiktok.com/@mia.tests/video/7600000000000000011", "https://www.tiktok.com/@user/video/7600000000000000011"),
        ("write shop.a+b@example.co.uk pls", "write [e-mail] pls"),
        ("shop＠example.com", "[e-mail]"),
        ("shop@exa\u200bmple.com", "[e-mail]"),
        ("shop (at) example.com", "[e-mail]"),
        ("shop @ gmail.com", "[e-mail]"),
    ],
)
def test_mentions_and_addresses_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


PHONES = (
    *("+62 812-3456-7890", "+1 (202) 555-0147", "+44 (0)20 7946 0958", "0044 20 7946 0958", "+84 912 345 678"),
    *("(202) 555-0147", "202-555-0147", "202.555.0147", "1-800-555-0147", "06 12 34 56 78", "0171 2345678", "021-5551234"),
    *("08123456789", "0812-3456-7890", "6281234567890", "62 812 3456 7890", "98765 43210", "9876543210", "09171234567"),
    *("wa.me/628123456789", "٠١٢٣٤٥٦٧٨٩", "０８１２３４５６７８９", "081\u200b2345\u200b6789"),
)


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("around", ["{}", "call {} now", "2 pcs {}, thx", "โทร{}ค่ะ", "WA.{}"])
def test_phone_numbers_are_masked(phone: str, around: str) -> None:
    assert mask(around.format(phone)) == around.format("[phone]")


@pytest.mark.parametrize("phone", PHONES)
def test_a_number_in_front_does_not_hide_a_phone(phone: str) -> None:
    assert mask(f"2 {phone}") in ("2 [phone]", "[phone]")


MONEY = (
    *("$1,299.00", "Rp 1.299.000", "Rp299.000/pcs", "₫250.000", "1000000", "1.000.000", "1 299 000 đ", "25.000.000-30.000.000"),
    *("12.500.000 – 13.000.000", "10000000 dong", "IDR 1250000000", "1500000000 views", "3 @5.00", "3 @5", "15000 20000 25000"),
)
NUMBERS = (
    *("in 2024", "1990-2020", "25.09.2024", "2024-09-25 10 15", "24/7 10:30", "50x70x30", "1080x1920 2560x1440", "size 36 37 38 39 40 41"),
    *("5.5 6 6.5 7 7.5 8 8.5", "order 12345678", "#123456", "100 200 300 400", "3.14159265", "0.00000012345", "12-pack", "5'11 180lbs"),
    *("https://x.example/shop/1729840619138750658", "ISO 9001:2015"),
)
SCRIPTS = (
    *("คือราคาเท่าไหร่ 1,290 บาท", "كم السعر ١٢٩٠ ريال", "这个多少钱 128元", "どこで買えますか", "دکھ سنائے ک\n🥰", "नमस्ते कीमत 1299"),
    *("👩‍👩‍👧 love it", "email me at home", "@ home"),
)


@pytest.mark.parametrize("text", [*MONEY, *NUMBERS, *SCRIPTS])
def test_prices_years_sizes_and_other_scripts_stay(text: str) -> None:
    assert mask(text) == text


WORDS = st.sampled_from(["where is it", "need this", "Rp 1.299.000", "多少钱", "ราคา", "كم", "😍😍", "size 38", "", "\n"])
HANDLES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.]{1,22}[A-Za-z0-9_]", fullmatch=True)


@given(HANDLES, st.tuples(WORDS, WORDS), st.sampled_from("@＠﹫"), st.tuples(*[st.sampled_from(["", *ZERO_WIDTH])] * 2))
def test_a_planted_mention_never_survives(handle: str, around: tuple[str, str], at: str, unseen: tuple[str, str]) -> None:
    (before, after), (hidden, inside), half = around, unseen, len(handle) // 2
    masked = mask(f"{before} {at}{hidden}{handle[:half]}{inside}{handle[half:]} {after}")
    assert handle.lower() not in masked.lower() or handle.lower() in f"{before} @user {after}".lower()
    assert "@user" in masked


@given(st.text(alphabet=string.ascii_letters + string.digits + "._+-", min_size=1, max_size=20), HANDLES, WORDS, WORDS)
def test_a_planted_address_never_survives(local: str, host: str, before: str, after: str) -> None:
    host = host.replace("_", "-").replace("..", ".").strip(".-") or "shop"
    masked = mask(f"{before} {local}@{host}.com {after}")
    assert f"@{host}" not in masked
    assert "[e-mail]" in masked or "@user" in masked


@given(st.from_regex(r"\+[1-9][0-9]{1,2}([ .-]?[0-9]{2,4}){3}", fullmatch=True), WORDS, WORDS)
def test_a_planted_international_number_never_survives(phone: str, before: str, after: str) -> None:
    if len({char for char in phone if char.isdigit()}) < 2 or not 8 <= sum(map(str.isdigit, phone)) <= 15:
        return
    assert mask(f"{before} {phone}, {after}") == f"{mask(before)} [phone], {mask(after)}"


@given(st.integers(0, 10**9), st.sampled_from(["${:,}", "${:,}.00", "{}k", "₫{:,}", "€{}", "Rp {:,}"]))
def test_a_price_always_survives(price: int, form: str) -> None:
    assert mask(f"is it {form.format(price)}?") == f"is it {form.format(price)}?"


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=60), st.text(alphabet="@＠.ab_ 0123456789+-()[]\u200b\u200d٣é中ก:/?", max_size=40)))
@example("shop @ gmail.com@mia 0812 345 6789")
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.text(alphabet=st.characters(categories=["Lo", "Lm", "Mn", "So", "Zs"]), max_size=60))
def test_texts_without_at_signs_or_digits_stay_as_they_are(text: str) -> None:
    assert mask(text) == text


def test_a_long_hostile_text_is_masked_in_no_time() -> None:
    for text in (
        "@" * 20_000,
        "@" + "a." * 20_000,
        "1 " * 20_000,
        "1-" * 20_000,
        "a" * 40_000 + "@",
        "(at)" * 10_000,
        ZERO_WIDTH * 9_000 + "@",
    ):
        assert isinstance(mask(text), str)

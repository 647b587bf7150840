"""When two names may be one person's: variants, pinyin with the readings of family names, nicknames; and when they can't."""

from __future__ import annotations

import pytest

from powermap.identity import contacts
from powermap.identity.names import Agreement, agreement, keys, words
from powermap.identity.organizations import bare

SAME, ORDER, READING = Agreement.SAME, Agreement.ORDER, Agreement.READING
NICKNAME, PARTIAL, TYPO = Agreement.NICKNAME, Agreement.PARTIAL, Agreement.TYPO
INITIAL, CLOSE, UNCLEAR, DIFFERENT = (
    Agreement.INITIAL,
    Agreement.CLOSE,
    Agreement.UNCLEAR,
    Agreement.DIFFERENT,
)
PAIRS = [
    ("Ada Park", "ada  PARK", SAME),
    ("Ada Park", "Park, Ada", SAME),
    ("Ada Park", "Dr. Ada Park", SAME),
    ("Robert (Bob) Park", "Bob Park", SAME),
    ("Ada Park", "Park Ada", ORDER),
    ("张伟", "张 伟", SAME),
    ("单雄", "Shan Xiong", READING),
    ("曾国", "Guo Zeng", READING),
    ("解敏", "XIE Min", READING),
    ("仇和", "Qiu He", READING),
    ("欧阳锋", "Feng Ouyang", READING),
    ("司马光", "SIMA Guang", READING),
    ("王小明", "Xiao-Ming Wang", READING),
    ("王小明", "Wang Xiao Ming", READING),
    ("吕布", "Lv Bu", READING),
    ("吕布", "LÜ Bu", READING),
    ("吕布", "Lyu Bu", READING),
    ("張偉", "张伟", READING),
    ("Bob Park", "Robert Park", NICKNAME),
    ("Ada Marie Park", "Ada Park", PARTIAL),
    ("Jonh Smithers", "John Smithers", TYPO),
    ("Lina Hoffmann", "Lina Hofmann", TYPO),
    ("张晓明", "张小明", TYPO),
    ("A. Park", "Ada Park", INITIAL),
    ("王小明", "X. Wang", INITIAL),
    ("M. Park", "Mia Park", INITIAL),
    ("J.P. Morgan", "John Pierpont Morgan", INITIAL),
    ("单于明", "Shan Yuming", READING),
    ("王先生", "王女士", UNCLEAR),
    ("Jan Park", "Jun Park", CLOSE),
    ("张伟", "David Zhang", UNCLEAR),
    ("张伟 David", "David Zhang", SAME),
    ("单雄", "Dan Xiong", DIFFERENT),
    ("张伟", "张军", DIFFERENT),
    ("Ada Park", "Ben Stone", DIFFERENT),
    ("Ada Park", "Ada", DIFFERENT),
    ("Robert Park", "Robert Stone", DIFFERENT),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS, ids=[f"{a} {b}" for a, b, _ in PAIRS])
def test_names_agree_as_people_read_them(one: str, other: str, expected: Agreement) -> None:
    assert agreement([one], [other]) is expected
    assert agreement([other], [one]) is expected


def test_names_that_agree_are_compared_at_all() -> None:
    for one, other, expected in PAIRS:
        if expected > UNCLEAR:
            shared = words([one]) & words([other]) or keys([one]) & keys([other])
            assert shared, f"{one} and {other} never meet"


def test_characters_that_differ_outdo_letters_that_agree() -> None:
    assert agreement(["张伟", "Wei Zhang"], ["张军", "Wei Zhang"]) is DIFFERENT
    assert agreement(["张伟", "David Zhang"], ["David Zhang"]) is SAME


def test_addresses_keep_their_tag_and_profiles_lose_what_may_differ() -> None:
    assert contacts.addresses("Ada <Ada.Park+East@Acme.Example>") == ("ada.park+east@acme.example",)
    assert contacts.addresses("a@x.example; b@y.example") == ("a@x.example", "b@y.example")
    pages = ("https://www.linkedin.com/in/Ada-Park/", "http://de.linkedin.com/in/ada-park?trk=x")
    assert {contacts.profile(p) for p in pages} == {"linkedin.com/in/ada-park"}
    assert contacts.profile("https://acme.example/team") == "" and contacts.profile("003A000001") == ""


@pytest.mark.parametrize(
    "address", ["info@x.example", "Sales@x.example", "sales-east@x.example", "kefu@x.cn"]
)
def test_a_mailbox_of_many_is_nobodys(address: str) -> None:
    assert contacts.is_shared(address.lower())


def test_free_mail_says_nothing_of_a_company() -> None:
    assert contacts.domain("ada@qq.com") == contacts.domain("ada@gmail.com") == ""
    assert contacts.domain("ada@acme.example") == "acme.example"


def test_phones_are_the_same_with_and_without_a_prefix() -> None:
    assert contacts.phones("+86 138 0013 8000") == contacts.phones("13800138000")
    assert contacts.phones("+49 (0)170 1234567") == contacts.phones("0170 1234567")
    assert contacts.phones("12") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("星河科技有限公司", "星河科技"),
        ("星河科技股份有限公司", "星河科技有限责任公司"),
        ("Acme GmbH", "ACME"),
        ("Acme Co., Ltd.", "Acme, Inc."),
        ("Acme S.p.A.", "acme"),
    ],
)
def test_a_legal_form_is_no_part_of_a_name(one: str, other: str) -> None:
    assert bare(one) == bare(other)


def test_a_name_that_is_a_legal_form_stays() -> None:
    assert bare("AG") == "ag" and bare("有限公司") == "有限公司"

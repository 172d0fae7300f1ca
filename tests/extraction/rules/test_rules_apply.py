"""A rule held against a page: fields, body, further pages, and what is said when it finds nothing."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from broadsheet.extraction.rules import SiteRule
from broadsheet.extraction.rules.apply import SIGNAL
from broadsheet.model import Extraction, Person, Want

FromText = Callable[[str], SiteRule]
Extract = Callable[..., Extraction]

SITE = "https://www.quay-courier.example"
URL = f"{SITE}/2026/wall"
SENTENCES = (
    "The council met on the old bridge at noon, as it has done every spring since the flood, and counted the boats.",
    "Nobody doubts that the wall must be rebuilt; the quarrel is about who shall pay for the stones and the mortar.",
    "The fishermen, who saw the storm coming and were not heard, shall have two seats on the board or only one.",
    "By evening the vote was taken and the lamps were lit along the quay, and those who had lost went home.",
)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
BOX = "<div class='promo-box'><p>Subscribe to our harbour letter today and read about every boat that ever came in here.</p></div>"
STORY = "body: //div[@id='story']"


def test_a_rules_title_outranks_all_signals(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("title: //h2[@class='real']")).article.title == "The wall is rebuilt"


def test_a_rules_claim_stands_first_on_the_ballot_with_its_file_and_line(ftr: FromText, extract: Extract) -> None:
    first = extract(ftr("title: //h2[@class='real']")).decisions["headline"].ballot[0]
    assert (first.signal, first.claim.saw) == (SIGNAL, "//h2[@class='real'] (quay-courier.example.txt:1)")


def test_fields_of_which_a_rule_does_not_speak_are_left_to_the_signals(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr(STORY)).article.title == extract(None).article.title


def test_the_first_selector_that_finds_something_counts(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("title: //h5\ntitle: //h2\ntitle: //h1")).article.title == "The wall is rebuilt"


def test_an_expression_may_be_a_text(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("title: concat(substring-before(//title, ' |'), '!')")).article.title == "Wall!"


def test_the_content_of_a_meta_element_is_its_value(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("title: //meta[@property='og:title']")).article.title == "Seen at the quay"


def test_people_are_told_apart(own: FromText, extract: Extract) -> None:
    people = extract(own('authors = { css = ".by", after = "By ", split = [" and "] }')).article.people
    assert people == (Person(name="Amara Diallo"), Person(name="Jonas Vogt"))


def test_a_name_that_no_signal_would_take_is_believed(own: FromText, extract: Extract) -> None:
    assert extract(own('authors = { constant = "Redaktion" }')).article.people == (Person(name="Redaktion"),)


@pytest.mark.parametrize(
    "stated", ["<time class='d' datetime='2026-05-04T10:00:00+02:00'>on Monday</time>", "<i class='d'>4 May 2026, 10:00 +0200</i>"]
)
def test_a_time_is_read_from_its_attribute_or_its_words(own: FromText, extract: Extract, stated: str) -> None:
    published = extract(own('published = ".d"'), stated + TEXT).article.published
    assert published is not None
    assert published.at is not None
    assert published.at.isoformat() == "2026-05-04T08:00:00+00:00"


def test_a_time_that_cannot_be_read_is_reported(own: FromText, extract: Extract) -> None:
    assert extract(own('published = "h2"')).rule_report == ("published: h2 (rules.toml:3) gives nothing; the signals decided",)


def test_a_lead_image_is_an_address_or_holds_one(own: FromText, extract: Extract) -> None:
    rule = own('lead_image = ".top"')
    picture = extract(rule, f"<figure class='top'><img data-src='/wall.jpg' alt='The wall'></figure>{TEXT}").article.lead_image
    assert picture is not None
    assert (picture.url, picture.alt) == (f"{SITE}/wall.jpg", "The wall")


def test_kicker_section_language_and_tags_can_be_said(own: FromText, extract: Extract) -> None:
    lines = 'kicker = { constant = "Harbour" }\nsection = "i"\nlanguage = { constant = "zh-hant" }\ntags = { css = "b", split = ["/"] }'
    article = extract(own(lines), f"<i>Town</i><b>walls/boats</b>{TEXT}").article
    assert (article.kicker, article.section, article.language, article.tags) == ("Harbour", "Town", "zh-Hant", ("walls", "boats"))


def test_the_body_is_what_the_rule_selects(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("body: //div[@id='essay']")).article.text.startswith("Quite another text")


def test_all_that_the_first_matching_expression_finds_is_the_body(ftr: FromText, extract: Extract) -> None:
    text = extract(ftr("body: //blockquote\nbody: //div[@id='story'] | //div[@id='essay']\nbody: //h1")).article.text
    assert SENTENCES[0] in text
    assert "Quite another text" in text


def test_a_body_within_a_body_is_there_once(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("body: //div[@id='story'] | //div[@id='story']/p")).article.text.count(SENTENCES[0]) == 1


def test_with_pruning_a_box_in_the_body_leaves(ftr: FromText, extract: Extract) -> None:
    links = "<ul class='related'><li><a href='/1'>Boat lost</a></li><li><a href='/2'>Boat found</a></li></ul>"
    assert "Boat lost" not in extract(ftr(STORY), TEXT + links).article.text


def test_without_pruning_everything_is_kept(ftr: FromText, extract: Extract) -> None:
    links = "<ul class='related'><li><a href='/1'>Boat lost</a></li><li><a href='/2'>Boat found</a></li></ul>"
    assert "Boat lost" in extract(ftr(f"{STORY}\nprune: no"), TEXT + links).article.text


def test_without_pruning_what_the_page_hides_stays_hidden(ftr: FromText, extract: Extract) -> None:
    assert "Unseen" not in extract(ftr(f"{STORY}\nprune: no"), f"{TEXT}<p hidden>Unseen words</p>").article.text


def test_structure_and_pictures_come_as_in_every_body(ftr: FromText, extract: Extract) -> None:
    table = "<h3>The stones</h3><table><tr><th>Stone<th>Tons<tr><td>Granite<td>4</table>"
    story = f"{TEXT}{table}<img src='/lead.jpg'><p>Between.</p><img src='/q.jpg' alt='Quay'>"
    body = extract(ftr(f"{STORY}\nprune: no"), story).article.body
    assert "<h3>The stones</h3>" in body
    assert "<td>Granite</td>" in body
    assert f'<img src="{SITE}/q.jpg" alt="Quay">' in body


def test_a_rule_lets_no_script_in(ftr: FromText, extract: Extract) -> None:
    body = extract(
        ftr(f"{STORY}\nprune: no"), f"{TEXT}<p onclick='x()'>Said<script>alert(1)</script> so</p><iframe src='//x.example'></iframe>"
    ).article.body
    assert "<p>Said so</p>" in body
    assert not {"onclick", "script", "iframe"} & set(body.replace("<", " ").replace(">", " ").split())


@pytest.mark.parametrize(
    "line",
    [
        "strip: //div[@class='promo-box']",
        "strip_id_or_class: promo",
        "strip: //div[@id='story']/div",
        "find_string: unused\nreplace_string:\nstrip: (//div[contains(@class, 'promo')])[1]",
    ],
)
def test_what_is_stripped_leaves_and_what_follows_it_stays(ftr: FromText, extract: Extract, line: str) -> None:
    text = extract(ftr(f"{STORY}\nprune: no\n{line}"), f"{TEXT}{BOX}and after it these words").article.text
    assert "Subscribe" not in text
    assert "and after it these words" in text


def test_strips_count_where_the_signals_find_the_body_too(ftr: FromText, extract: Extract) -> None:
    assert SENTENCES[1] not in extract(ftr("strip: //p[contains(., 'quarrel')]")).article.text


def test_what_is_stripped_may_still_give_a_field(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("title: //h2[@class='real']\nstrip: //h2")).article.title == "The wall is rebuilt"


def test_a_name_that_frames_the_whole_page_is_not_stripped(ftr: FromText, extract: Extract) -> None:
    page = extract(ftr("strip: //body\nstrip: /html"))
    assert SENTENCES[0] in page.article.text


def test_attributes_and_texts_can_be_stripped(ftr: FromText, extract: Extract) -> None:
    story = f"{TEXT}<p>Keep this<br>and not that</p><img src='/a.jpg' alt='Secret'>"
    article = extract(ftr(f"{STORY}\nprune: no\nstrip: //img/@alt\nstrip: //p/text()[contains(., 'not that')]"), story).article
    assert "Keep this" in article.text
    assert "not that" not in article.text
    assert "Secret" not in article.body


def test_pictures_can_be_stripped_by_their_address(ftr: FromText, extract: Extract) -> None:
    body = extract(
        ftr(f"{STORY}\nprune: no\nstrip_image_src: counts.example"), f"{TEXT}<img src='//counts.example/1.gif'><img src='/a.jpg'>"
    ).article.body
    assert "counts.example" not in body
    assert "a.jpg" in body


def test_a_lazy_picture_gets_the_address_it_keeps_elsewhere(ftr: FromText, extract: Extract) -> None:
    body = extract(ftr(f"{STORY}\nprune: no\nsrc_lazy_load_attr: data-big"), f"{TEXT}<img src='data:,' data-big='/big.jpg'>").article.body
    assert f"{SITE}/big.jpg" in body


def test_wrapping_makes_a_quotation(ftr: FromText, extract: Extract) -> None:
    body = extract(
        ftr(f"{STORY}\nwrap_in(blockquote): //div[@class='said']"), f"{TEXT}<div class='said'><p>We shall find the stones.</p></div>"
    ).article.body
    assert "<blockquote><p>We shall find the stones.</p></blockquote>" in body


def test_dissolving_keeps_what_stood_inside(ftr: FromText, extract: Extract) -> None:
    body = extract(ftr(f"{STORY}\nprune: no\ndissolve: //a"), f"{TEXT}<p>See <a href='/x'>the <i>old</i> wall</a> there.</p>").article.body
    assert "<p>See the <em>old</em> wall there.</p>" in body


def test_json_ld_can_be_kept_out(ftr: FromText, extract: Extract) -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Site Robot"}}</script>'
    names = [[person.name for person in extract(ftr(line), head=head).article.people] for line in ("skip_json_ld: no", "skip_json_ld: yes")]
    assert "Site Robot" in names[0]
    assert "Site Robot" not in names[1]


def test_an_advertisement_made_to_look_like_an_article_is_named(ftr: FromText, extract: Extract) -> None:
    report = extract(ftr("native_ad_clue: //i[@class='ad']"), f"<i class='ad'>Sponsored</i>{TEXT}").rule_report
    assert report == ("marked as advertising by //i[@class='ad'] (quay-courier.example.txt:1)",)


def test_a_body_that_is_not_found_is_left_to_the_signals_and_reported(ftr: FromText, extract: Extract) -> None:
    extraction = extract(ftr("body: //div[@id='gone']"))
    assert SENTENCES[0] in extraction.article.text
    assert extraction.rule_report == ("body: //div[@id='gone'] (quay-courier.example.txt:1) gives nothing; the signals decided",)


def test_an_empty_frame_is_no_body(ftr: FromText, extract: Extract) -> None:
    assert "gives nothing" in extract(ftr("body: //span"), f"<span> </span>{TEXT}").rule_report[0]


def test_a_teaser_is_no_body_where_the_signals_find_a_story(ftr: FromText, extract: Extract) -> None:
    extraction = extract(ftr("body: //span"), f"<span>Read on below</span>{TEXT}")
    assert SENTENCES[3] in extraction.article.text
    assert "the signals decided" in extraction.rule_report[0]


def test_a_field_that_is_not_found_is_reported_with_its_line(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr(f"{STORY}\nauthor: //i")).rule_report == ("people: //i (quay-courier.example.txt:2) gives nothing; the signals decided",)


def test_a_rule_that_finds_all_it_looks_for_reports_nothing(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr(f"{STORY}\ntitle: //h1")).rule_report == ()


def test_the_report_on_the_body_names_the_selector(ftr: FromText, extract: Extract) -> None:
    assert str(extract(ftr(STORY)).body_report[0]) == "the body is what the site rule selects: //div[@id='story'] (quay-courier.example.txt:1)"


def test_a_next_page_is_wanted(ftr: FromText, extract: Extract) -> None:
    extraction = extract(ftr("next_page_link: //a[@class='on']"), f"{TEXT}<a class='on' href='?teil=zwei'>weiter</a>")
    assert [(want.kind, want.url) for want in extraction.wants] == [("next-page", f"{URL}?teil=zwei")]


def test_a_next_page_is_read_by_the_same_rule(ftr: FromText, extract: Extract) -> None:
    want = Want(kind="next-page", url=f"{URL}?teil=zwei")
    extraction = extract(
        ftr(f"{STORY}\nstrip_id_or_class: promo"),
        more=((want, f"<p>And then the wall stood, as all could see who came down to the water on the day of the feast.</p>{BOX}"),),
    )
    assert "And then the wall stood" in extraction.article.text
    assert "Subscribe" not in extraction.article.text


def test_the_whole_story_on_one_page_outranks_its_parts(ftr: FromText, extract: Extract) -> None:
    rule = ftr("next_page_link: //a[@class='on']\nsingle_page_link: //a[@class='all']/@href")
    wants = extract(rule, f"{TEXT}<a class='on' href='?2'>2</a><a class='all' href='/all/wall'>all</a>").wants
    assert [(want.kind, want.url) for want in wants] == [("single-page", f"{SITE}/all/wall")]


@pytest.mark.parametrize(("condition", "count"), [("//a[@class='on']", 1), ("//video", 0)])
def test_a_link_is_followed_on_its_condition(ftr: FromText, extract: Extract, condition: str, count: int) -> None:
    rule = ftr(f"single_page_link: //a[@class='on']\nif_page_contains: {condition}")
    assert len(extract(rule, f"{TEXT}<a class='on' href='/all'>all</a>").wants) == count


@pytest.mark.parametrize("href", ["javascript:on()", "file:///etc/passwd", "#2", "data:text/html,x", f"{URL}/?utm_source=x"])
def test_a_link_to_something_else_than_another_web_page_is_not_wanted(ftr: FromText, extract: Extract, href: str) -> None:
    assert extract(ftr("next_page_link: //a[@class='on']"), f"{TEXT}<a class='on' href='{href}'>on</a>").wants == ()


def test_the_signals_search_for_a_next_page_can_be_switched_off(ftr: FromText, extract: Extract) -> None:
    story = f"{TEXT}<a rel='next' href='{URL}?page=2'>2</a>"
    assert [len(extract(ftr(f"autodetect_next_page: {answer}"), story).wants) for answer in ("yes", "no")] == [1, 0]


def test_css_finds_what_a_browser_would(own: FromText, extract: Extract) -> None:
    assert extract(own('title = "body > :is(h2, h3):not(.fake):has(+ div)"')).article.title == "The wall is rebuilt"


def test_what_css_finds_can_be_stripped_before_the_body_is_taken(own: FromText, extract: Extract) -> None:
    text = extract(own('body = { css = "#story", drop = ["#story > .promo-box"], prune = false }'), f"{TEXT}{BOX}").article.text
    assert SENTENCES[2] in text
    assert "Subscribe" not in text


def test_css_does_not_find_what_was_stripped(own: FromText, extract: Extract) -> None:
    assert extract(own('strip = "#story"\nbody = ["#story p", "#essay"]')).article.text.startswith("Quite another text")


def test_names_with_a_prefix_are_found(ftr: FromText, extract: Extract) -> None:
    assert extract(ftr("title: //fb:like/@xlink:label"), f"<fb:like xlink:label='Prefixed'></fb:like>{TEXT}").article.title == "Prefixed"


def test_a_rule_travels_to_another_process_in_few_bytes(ftr: FromText) -> None:
    rule = ftr(f"{STORY}\ntitle: //h1\n" + "strip_id_or_class: promo\n" * 20)
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert len(pickle.dumps(rule)) < 2000

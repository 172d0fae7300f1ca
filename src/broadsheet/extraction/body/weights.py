"""What each signal weighs, in log-odds: learned by `benchmarks/train`, not edited by hand. The table is also the registry.

The comment behind a weight says on how many blocks of how many dev pages the signal was heard, and how many of these were text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadsheet.extraction.body.signals import boxes, element, elsewhere, line, lists, place, wording
from broadsheet.extraction.body.spots import Spot

Signal = Callable[[Spot], bool]

BIAS = -0.037

WEIGHTS: Mapping[Signal, float] = {
    wording.related_and_linked: -0.761,  # 305 blocks on 124 pages, 20% text
    wording.ends_with_credit: -0.823,  # 320 blocks on 138 pages, 15% text
    line.all_slanted: -1.113,  # 3163 blocks on 335 pages, 22% text
    line.all_bold: 0.116,  # 4212 blocks on 467 pages, 64% text
    lists.linked_li: 0.385,  # 35609 blocks on 613 pages, 7% text
    lists.li_in_linked_list: 0.993,  # 36160 blocks on 593 pages, 8% text
    lists.linked_list_late: -1.115,  # 19880 blocks on 493 pages, 10% text
    lists.li_after_core: -0.122,  # 20619 blocks on 489 pages, 8% text
    lists.li_sentence: -0.543,  # 6992 blocks on 456 pages, 78% text
    lists.li_after_colon: 0.250,  # 56486 blocks on 799 pages, 29% text
    lists.linked_p: 0.406,  # 13951 blocks on 803 pages, 5% text
    boxes.one_of_three_cards: 0.527,  # 47025 blocks on 702 pages, 15% text
    boxes.sentence_of_core: 0.815,  # 24322 blocks on 906 pages, 96% text
    boxes.after_image: -0.716,  # 4631 blocks on 599 pages, 26% text
    boxes.beside_image: -1.268,  # 15809 blocks on 752 pages, 10% text
    place.after_core: -1.702,  # 47112 blocks on 821 pages, 10% text
    place.short_after_core: 0.350,  # 41969 blocks on 814 pages, 7% text
    wording.under_opening_related: -0.822,  # 1290 blocks on 189 pages, 12% text
    wording.after_related_phrase: -0.340,  # 499 blocks on 308 pages, 12% text
    boxes.in_discussion: -3.076,  # 6140 blocks on 159 pages, 1% text
    elsewhere.said_thrice: -0.405,  # 15563 blocks on 568 pages, 20% text
    elsewhere.in_series: 0.430,  # 10773 blocks on 465 pages, 47% text
    elsewhere.linked_series: -0.799,  # 1500 blocks on 156 pages, 25% text
    elsewhere.like_twin: -1.389,  # 1603 blocks on 173 pages, 47% text
    line.mass_under_15: -1.365,  # 58644 blocks on 910 pages, 12% text
    line.mass_15_to_40: -0.353,  # 44950 blocks on 932 pages, 39% text
    line.mass_40_to_80: -0.267,  # 19429 blocks on 917 pages, 55% text
    line.mass_80_to_160: 0.358,  # 14788 blocks on 900 pages, 73% text
    line.mass_160_to_320: 0.816,  # 16487 blocks on 913 pages, 88% text
    line.mass_from_320: 0.811,  # 7003 blocks on 814 pages, 89% text
    line.ends_like_a_sentence: 0.360,  # 44739 blocks on 935 pages, 80% text
    line.ends_with_colon: 0.423,  # 3974 blocks on 625 pages, 76% text
    line.ends_with_ellipsis: -1.371,  # 720 blocks on 191 pages, 21% text
    line.short_without_end: -0.464,  # 90901 blocks on 922 pages, 17% text
    line.no_link: 0.760,  # 92073 blocks on 935 pages, 58% text
    line.some_links: 0.093,  # 8153 blocks on 822 pages, 83% text
    line.half_linked: 0.068,  # 3103 blocks on 593 pages, 44% text
    line.all_linked: -0.050,  # 51850 blocks on 860 pages, 8% text
    line.all_linked_and_long: -0.832,  # 5965 blocks on 637 pages, 14% text
    line.many_digits: -0.469,  # 12673 blocks on 785 pages, 10% text
    line.short_with_date: -0.283,  # 5091 blocks on 783 pages, 15% text
    line.opens_with_bullet: -0.612,  # 1635 blocks on 201 pages, 14% text
    wording.has_copyright_sign: -0.828,  # 303 blocks on 241 pages, 2% text
    wording.opens_related: -1.427,  # 1023 blocks on 468 pages, 14% text
    wording.is_related_phrase: -0.521,  # 501 blocks on 309 pages, 2% text
    wording.opens_with_notice: -0.961,  # 2194 blocks on 487 pages, 7% text
    wording.holds_notice: -1.467,  # 5574 blocks on 692 pages, 23% text
    wording.holds_two_notices: -0.751,  # 1138 blocks on 320 pages, 12% text
    wording.opens_with_credit: -0.431,  # 517 blocks on 135 pages, 9% text
    wording.holds_credit: -0.693,  # 1778 blocks on 394 pages, 31% text
    wording.opens_with_byline: -0.957,  # 924 blocks on 466 pages, 6% text
    element.in_p: -0.484,  # 48312 blocks on 930 pages, 72% text
    element.in_heading: 0.849,  # 21076 blocks on 927 pages, 62% text
    element.in_h1: -1.517,  # 1021 blocks on 865 pages, 35% text
    element.in_low_heading: -0.618,  # 3746 blocks on 395 pages, 44% text
    lists.in_li: 0.814,  # 61613 blocks on 807 pages, 30% text
    element.in_plain_div: -0.918,  # 30114 blocks on 840 pages, 8% text
    element.in_other_element: -0.702,  # 2937 blocks on 473 pages, 4% text
    element.in_table: -0.937,  # 13752 blocks on 134 pages, 16% text
    element.in_blockquote: -0.254,  # 586 blocks on 114 pages, 74% text
    element.in_figcaption: -0.862,  # 1541 blocks on 239 pages, 9% text
    element.in_figure: -0.667,  # 4230 blocks on 256 pages, 12% text
    element.in_nav: 0.324,  # 16810 blocks on 348 pages, 4% text
    element.in_footer: -1.581,  # 7108 blocks on 277 pages, 0% text
    element.in_header: -0.469,  # 16473 blocks on 398 pages, 2% text
    element.in_aside: -0.637,  # 4809 blocks on 177 pages, 5% text
    element.in_form: -1.098,  # 3854 blocks on 259 pages, 1% text
    boxes.beside_form: -0.711,  # 595 blocks on 180 pages, 1% text
    element.in_button: -0.978,  # 2483 blocks on 388 pages, 3% text
    element.in_wide_article: 0.478,  # 59518 blocks on 491 pages, 60% text
    boxes.is_hidden: -1.202,  # 2331 blocks on 244 pages, 4% text
    boxes.in_core: 0.552,  # 81823 blocks on 935 pages, 71% text
    boxes.one_above_core: -0.080,  # 8201 blocks on 502 pages, 20% text
    boxes.far_above_core: 0.112,  # 57421 blocks on 604 pages, 9% text
    boxes.three_below: -0.301,  # 25808 blocks on 833 pages, 39% text
    boxes.far_below: -0.421,  # 84136 blocks on 790 pages, 15% text
    boxes.same_shape: 1.254,  # 42175 blocks on 935 pages, 81% text
    boxes.like_but_other_shape: 0.080,  # 10205 blocks on 793 pages, 65% text
    boxes.outer_mostly_linked: -0.360,  # 52914 blocks on 845 pages, 7% text
    boxes.outer_hardly_linked: 0.610,  # 95622 blocks on 933 pages, 61% text
    boxes.outer_small: -0.478,  # 81372 blocks on 918 pages, 17% text
    boxes.outer_wide: 0.565,  # 35116 blocks on 809 pages, 93% text
    place.before_h1: -2.089,  # 23433 blocks on 571 pages, 1% text
    place.right_after_h1: -0.145,  # 1419 blocks on 872 pages, 29% text
    place.before_first_like: -0.792,  # 21441 blocks on 887 pages, 4% text
    place.first_like: 0.584,  # 935 blocks on 935 pages, 69% text
    place.after_last_like: -0.499,  # 12055 blocks on 696 pages, 7% text
    place.last_like: -1.112,  # 935 blocks on 935 pages, 38% text
    place.near_likes: 0.297,  # 23294 blocks on 919 pages, 85% text
    place.far_from_likes: -0.064,  # 65357 blocks on 718 pages, 11% text
    place.after_second_h1: 0.215,  # 6922 blocks on 69 pages, 46% text
    wording.under_related_heading: -0.292,  # 536 blocks on 126 pages, 6% text
    place.under_linked_heading: 0.541,  # 11219 blocks on 315 pages, 34% text
    place.heading_then_link: -0.704,  # 4453 blocks on 655 pages, 16% text
    place.heading_then_like: 0.377,  # 10647 blocks on 839 pages, 84% text
    place.between_links: -0.436,  # 39617 blocks on 720 pages, 6% text
    place.line_of_breaks: 0.469,  # 396 blocks on 88 pages, 69% text
    elsewhere.is_title: -1.473,  # 702 blocks on 574 pages, 31% text
    elsewhere.opens_lead: 0.924,  # 514 blocks on 419 pages, 64% text
    elsewhere.in_article_body: -0.464,  # 1985 blocks on 48 pages, 93% text
    elsewhere.missing_in_article_body: -1.345,  # 1634 blocks on 44 pages, 15% text
    elsewhere.repeats_another: 0.589,  # 10167 blocks on 770 pages, 55% text
}

NEIGHBOURS: Mapping[str, float] = {
    "bias": 0.012,
    "own": 0.994,
    "before": -0.028,
    "after": 0.154,
    "outer": -0.153,
    "parent": 0.506,
    "heading_after": -0.037,
    "heading_before": 0.113,
    "lesser": 0.289,
    "greater": -0.163,
    "heading": 0.110,
}

"""What each signal weighs, in log-odds: learned by `benchmarks/train`, not edited by hand. The table is also the registry.

The comment behind a weight says on how many blocks of how many dev pages the signal was heard, and how many of these were text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadsheet.extraction.body.signals import boxes, element, elsewhere, line, lists, place, wording
from broadsheet.extraction.body.spots import Spot

Signal = Callable[[Spot], bool]

BIAS = 0.276

WEIGHTS: Mapping[Signal, float] = {
    wording.related_and_linked: -0.716,  # 310 blocks on 126 pages, 20% text
    wording.ends_with_credit: -0.607,  # 325 blocks on 140 pages, 14% text
    line.all_slanted: -1.022,  # 3163 blocks on 335 pages, 22% text
    line.all_bold: 0.095,  # 4212 blocks on 467 pages, 64% text
    lists.linked_li: 0.156,  # 35609 blocks on 613 pages, 7% text
    lists.li_in_linked_list: 1.036,  # 36160 blocks on 593 pages, 8% text
    lists.linked_list_late: -0.866,  # 19880 blocks on 493 pages, 10% text
    lists.li_after_core: -0.182,  # 20619 blocks on 489 pages, 8% text
    lists.li_sentence: -0.419,  # 6992 blocks on 456 pages, 78% text
    lists.li_after_colon: 0.177,  # 56486 blocks on 799 pages, 29% text
    lists.linked_p: 0.304,  # 13951 blocks on 803 pages, 5% text
    boxes.one_of_three_cards: 0.559,  # 47025 blocks on 702 pages, 15% text
    boxes.sentence_of_core: 0.762,  # 24322 blocks on 906 pages, 96% text
    boxes.after_image: -0.719,  # 4631 blocks on 599 pages, 26% text
    boxes.beside_image: -1.134,  # 15809 blocks on 752 pages, 10% text
    place.after_core: -1.721,  # 47112 blocks on 821 pages, 10% text
    place.short_after_core: 0.335,  # 41969 blocks on 814 pages, 7% text
    wording.under_opening_related: -1.004,  # 1349 blocks on 195 pages, 11% text
    wording.after_related_phrase: -0.304,  # 543 blocks on 321 pages, 11% text
    boxes.in_discussion: -3.063,  # 6140 blocks on 159 pages, 1% text
    elsewhere.said_thrice: -0.346,  # 15563 blocks on 568 pages, 20% text
    elsewhere.in_series: 0.341,  # 10773 blocks on 465 pages, 47% text
    elsewhere.linked_series: -0.844,  # 1500 blocks on 156 pages, 25% text
    elsewhere.like_twin: -1.249,  # 1603 blocks on 173 pages, 47% text
    line.mass_under_15: -1.359,  # 58644 blocks on 910 pages, 12% text
    line.mass_15_to_40: -0.286,  # 44950 blocks on 932 pages, 39% text
    line.mass_40_to_80: -0.144,  # 19429 blocks on 917 pages, 55% text
    line.mass_80_to_160: 0.278,  # 14788 blocks on 900 pages, 73% text
    line.mass_160_to_320: 0.744,  # 16487 blocks on 913 pages, 88% text
    line.mass_from_320: 0.769,  # 7003 blocks on 814 pages, 89% text
    line.ends_like_a_sentence: 0.306,  # 44739 blocks on 935 pages, 80% text
    line.ends_with_colon: 0.366,  # 3974 blocks on 625 pages, 76% text
    line.ends_with_ellipsis: -1.305,  # 720 blocks on 191 pages, 21% text
    line.short_without_end: -0.454,  # 90901 blocks on 922 pages, 17% text
    line.no_link: 0.764,  # 92073 blocks on 935 pages, 58% text
    line.some_links: 0.052,  # 8153 blocks on 822 pages, 83% text
    line.half_linked: 0.020,  # 3103 blocks on 593 pages, 44% text
    line.all_linked: -0.098,  # 51850 blocks on 860 pages, 8% text
    line.all_linked_and_long: -0.704,  # 5965 blocks on 637 pages, 14% text
    line.many_digits: -0.470,  # 12673 blocks on 785 pages, 10% text
    line.short_with_date: -0.291,  # 5091 blocks on 783 pages, 15% text
    line.opens_with_bullet: -0.560,  # 1635 blocks on 201 pages, 14% text
    wording.has_copyright_sign: -0.844,  # 303 blocks on 241 pages, 2% text
    wording.opens_related: -1.443,  # 1079 blocks on 483 pages, 13% text
    wording.is_related_phrase: -0.538,  # 545 blocks on 322 pages, 1% text
    wording.opens_with_notice: -0.895,  # 2274 blocks on 499 pages, 7% text
    wording.holds_notice: -1.447,  # 5677 blocks on 697 pages, 23% text
    wording.holds_two_notices: -0.725,  # 1312 blocks on 379 pages, 13% text
    wording.opens_with_credit: -0.567,  # 517 blocks on 135 pages, 9% text
    wording.holds_credit: -0.620,  # 1784 blocks on 396 pages, 30% text
    wording.opens_with_byline: -1.076,  # 924 blocks on 466 pages, 6% text
    element.in_p: -0.433,  # 48312 blocks on 930 pages, 72% text
    element.in_heading: 0.797,  # 21076 blocks on 927 pages, 62% text
    element.in_h1: -1.525,  # 1021 blocks on 865 pages, 35% text
    element.in_low_heading: -0.709,  # 3746 blocks on 395 pages, 44% text
    lists.in_li: 0.865,  # 61613 blocks on 807 pages, 30% text
    element.in_plain_div: -0.772,  # 30114 blocks on 840 pages, 8% text
    element.in_other_element: -0.502,  # 2937 blocks on 473 pages, 4% text
    element.in_table: -1.172,  # 13752 blocks on 134 pages, 16% text
    element.in_blockquote: -0.211,  # 586 blocks on 114 pages, 74% text
    element.in_figcaption: -0.627,  # 1541 blocks on 239 pages, 9% text
    element.in_figure: -0.638,  # 4230 blocks on 256 pages, 12% text
    element.in_nav: 0.317,  # 16810 blocks on 348 pages, 4% text
    element.in_footer: -1.529,  # 7108 blocks on 277 pages, 0% text
    element.in_header: -0.427,  # 16473 blocks on 398 pages, 2% text
    element.in_aside: -0.698,  # 4809 blocks on 177 pages, 5% text
    element.in_form: -1.127,  # 3854 blocks on 259 pages, 1% text
    boxes.beside_form: -0.679,  # 595 blocks on 180 pages, 1% text
    element.in_button: -0.815,  # 2483 blocks on 388 pages, 3% text
    element.in_wide_article: 0.551,  # 59518 blocks on 491 pages, 60% text
    boxes.is_hidden: -1.185,  # 2331 blocks on 244 pages, 4% text
    boxes.in_core: 0.609,  # 81823 blocks on 935 pages, 71% text
    boxes.one_above_core: -0.108,  # 8201 blocks on 502 pages, 20% text
    boxes.far_above_core: 0.120,  # 57421 blocks on 604 pages, 9% text
    boxes.three_below: -0.166,  # 25808 blocks on 833 pages, 39% text
    boxes.far_below: -0.297,  # 84136 blocks on 790 pages, 15% text
    boxes.same_shape: 0.970,  # 42175 blocks on 935 pages, 81% text
    boxes.like_but_other_shape: 0.093,  # 10205 blocks on 793 pages, 65% text
    boxes.outer_mostly_linked: -0.178,  # 52914 blocks on 845 pages, 7% text
    boxes.outer_hardly_linked: 0.510,  # 95622 blocks on 933 pages, 61% text
    boxes.outer_small: -0.471,  # 81372 blocks on 918 pages, 17% text
    boxes.outer_wide: 0.521,  # 35116 blocks on 809 pages, 93% text
    place.before_h1: -2.024,  # 23433 blocks on 571 pages, 1% text
    place.right_after_h1: -0.222,  # 1419 blocks on 872 pages, 29% text
    place.before_first_like: -0.792,  # 21441 blocks on 887 pages, 4% text
    place.first_like: 0.469,  # 935 blocks on 935 pages, 69% text
    place.after_last_like: -0.461,  # 12055 blocks on 696 pages, 7% text
    place.last_like: -1.131,  # 935 blocks on 935 pages, 38% text
    place.near_likes: 0.273,  # 23294 blocks on 919 pages, 85% text
    place.far_from_likes: -0.166,  # 65357 blocks on 718 pages, 11% text
    place.after_second_h1: 0.064,  # 6922 blocks on 69 pages, 46% text
    wording.under_related_heading: -0.414,  # 583 blocks on 130 pages, 5% text
    place.under_linked_heading: 0.420,  # 11219 blocks on 315 pages, 34% text
    place.heading_then_link: -0.674,  # 4453 blocks on 655 pages, 16% text
    place.heading_then_like: 0.342,  # 10647 blocks on 839 pages, 84% text
    place.between_links: -0.544,  # 39617 blocks on 720 pages, 6% text
    place.line_of_breaks: 0.387,  # 396 blocks on 88 pages, 69% text
    elsewhere.is_title: -1.240,  # 702 blocks on 574 pages, 31% text
    elsewhere.opens_lead: 0.786,  # 514 blocks on 419 pages, 64% text
    elsewhere.in_article_body: -0.062,  # 1985 blocks on 48 pages, 93% text
    elsewhere.missing_in_article_body: -0.880,  # 1634 blocks on 44 pages, 15% text
    elsewhere.repeats_another: 0.571,  # 10167 blocks on 770 pages, 55% text
    boxes.beside_button: -0.263,  # 3535 blocks on 412 pages, 7% text
    boxes.beside_player: -1.038,  # 236 blocks on 65 pages, 14% text
    line.has_bar: -0.916,  # 1451 blocks on 227 pages, 28% text
}

NEWS_BIAS = -0.394

NEWS: Mapping[Signal, float] = {
    wording.related_and_linked: -0.051,
    wording.ends_with_credit: -0.033,
    line.all_slanted: -0.213,
    line.all_bold: -0.034,
    lists.linked_li: -0.023,
    lists.li_in_linked_list: -0.075,
    lists.linked_list_late: -0.149,
    lists.li_after_core: -0.083,
    lists.li_sentence: -0.201,
    lists.li_after_colon: -0.359,
    lists.linked_p: 0.029,
    boxes.one_of_three_cards: 0.118,
    boxes.sentence_of_core: 0.149,
    boxes.after_image: 0.051,
    boxes.beside_image: -0.435,
    place.after_core: 0.005,
    place.short_after_core: -0.134,
    wording.under_opening_related: -0.016,
    wording.after_related_phrase: -0.044,
    boxes.in_discussion: -0.019,
    elsewhere.said_thrice: -0.165,
    elsewhere.in_series: -0.074,
    elsewhere.linked_series: 0.037,
    elsewhere.like_twin: 0.016,
    line.mass_under_15: -0.112,
    line.mass_15_to_40: -0.178,
    line.mass_40_to_80: -0.198,
    line.mass_80_to_160: 0.222,
    line.mass_160_to_320: 0.021,
    line.mass_from_320: -0.148,
    line.ends_like_a_sentence: -0.073,
    line.ends_with_colon: -0.053,
    line.ends_with_ellipsis: -0.059,
    line.short_without_end: -0.304,
    line.no_link: -0.140,
    line.some_links: -0.102,
    line.half_linked: 0.008,
    line.all_linked: -0.137,
    line.all_linked_and_long: -0.085,
    line.many_digits: -0.045,
    line.short_with_date: -0.091,
    line.opens_with_bullet: 0.026,
    wording.has_copyright_sign: -0.045,
    wording.opens_related: -0.073,
    wording.is_related_phrase: -0.010,
    wording.opens_with_notice: -0.046,
    wording.holds_notice: -0.124,
    wording.holds_two_notices: 0.014,
    wording.opens_with_credit: -0.026,
    wording.holds_credit: -0.044,
    wording.opens_with_byline: -0.031,
    element.in_p: 0.235,
    element.in_heading: 0.080,
    element.in_h1: -0.168,
    element.in_low_heading: -0.041,
    lists.in_li: -0.440,
    element.in_plain_div: -0.142,
    element.in_other_element: -0.047,
    element.in_table: 0.045,
    element.in_blockquote: 0.009,
    element.in_figcaption: -0.025,
    element.in_figure: -0.013,
    element.in_nav: 0.027,
    element.in_footer: -0.034,
    element.in_header: 0.022,
    element.in_aside: -0.021,
    element.in_form: -0.012,
    boxes.beside_form: -0.040,
    element.in_button: -0.018,
    element.in_wide_article: -0.014,
    boxes.is_hidden: -0.001,
    boxes.in_core: -0.354,
    boxes.one_above_core: 0.102,
    boxes.far_above_core: -0.189,
    boxes.three_below: 0.111,
    boxes.far_below: -0.306,
    boxes.same_shape: 0.526,
    boxes.like_but_other_shape: -0.289,
    boxes.outer_mostly_linked: -0.278,
    boxes.outer_hardly_linked: 0.040,
    boxes.outer_small: -0.161,
    boxes.outer_wide: 0.209,
    place.before_h1: -0.048,
    place.right_after_h1: 0.151,
    place.before_first_like: -0.094,
    place.first_like: 0.256,
    place.after_last_like: -0.161,
    place.last_like: -0.035,
    place.near_likes: -0.055,
    place.far_from_likes: 0.004,
    place.after_second_h1: -0.046,
    wording.under_related_heading: -0.010,
    place.under_linked_heading: -0.022,
    place.heading_then_link: -0.051,
    place.heading_then_like: 0.006,
    place.between_links: -0.149,
    place.line_of_breaks: 0.017,
    elsewhere.is_title: -0.243,
    elsewhere.opens_lead: 0.249,
    elsewhere.in_article_body: 0.146,
    elsewhere.missing_in_article_body: 0.101,
    elsewhere.repeats_another: 0.029,
    boxes.beside_button: -0.101,
    boxes.beside_player: -0.087,
    line.has_bar: -0.021,
}
"""What is added on pages that call themselves news."""

NEIGHBOURS: Mapping[str, float] = {
    "bias": -0.012,
    "own": 1.040,
    "before": -0.033,
    "after": 0.152,
    "outer": -0.193,
    "parent": 0.438,
    "heading_after": -0.027,
    "heading_before": 0.056,
    "lesser": 0.254,
    "greater": -0.136,
    "heading": 0.095,
}

"""What each signal weighs, in log-odds: learned by `benchmarks/train`, not edited by hand. The table is also the registry.

The comment behind a weight says on how many blocks of how many dev pages the signal was heard, and how many of these were text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadsheet.extraction.body.signals import boxes, element, elsewhere, line, lists, place, wording
from broadsheet.extraction.body.spots import Spot

Signal = Callable[[Spot], bool]

BIAS = 0.042

WEIGHTS: Mapping[Signal, float] = {
    wording.related_and_linked: -0.556,  # 310 blocks on 126 pages, 20% text
    wording.ends_with_credit: -0.593,  # 325 blocks on 140 pages, 14% text
    line.all_slanted: -1.110,  # 3163 blocks on 335 pages, 22% text
    line.all_bold: 0.144,  # 4212 blocks on 467 pages, 64% text
    lists.linked_li: 0.135,  # 35609 blocks on 613 pages, 7% text
    lists.li_in_linked_list: 1.030,  # 36160 blocks on 593 pages, 8% text
    lists.linked_list_late: -0.819,  # 19880 blocks on 493 pages, 10% text
    lists.li_after_core: -0.163,  # 20619 blocks on 489 pages, 8% text
    lists.li_sentence: -0.392,  # 6992 blocks on 456 pages, 78% text
    lists.li_after_colon: 0.214,  # 56486 blocks on 799 pages, 29% text
    lists.linked_p: 0.253,  # 13951 blocks on 803 pages, 5% text
    boxes.one_of_three_cards: 0.501,  # 28127 blocks on 679 pages, 24% text
    boxes.sentence_of_core: 0.564,  # 24322 blocks on 906 pages, 96% text
    boxes.after_image: -0.705,  # 4631 blocks on 599 pages, 26% text
    boxes.beside_image: -1.114,  # 15809 blocks on 752 pages, 10% text
    place.after_core: -1.801,  # 47112 blocks on 821 pages, 10% text
    place.short_after_core: 0.298,  # 41969 blocks on 814 pages, 7% text
    wording.under_opening_related: -0.996,  # 1349 blocks on 195 pages, 11% text
    wording.after_related_phrase: -0.318,  # 543 blocks on 321 pages, 11% text
    boxes.in_discussion: -2.796,  # 6140 blocks on 159 pages, 1% text
    elsewhere.said_thrice: -0.357,  # 9498 blocks on 472 pages, 31% text
    elsewhere.in_series: 0.356,  # 10773 blocks on 465 pages, 47% text
    elsewhere.linked_series: -0.746,  # 1500 blocks on 156 pages, 25% text
    elsewhere.like_twin: -1.188,  # 1603 blocks on 173 pages, 47% text
    line.mass_under_15: -1.336,  # 58644 blocks on 910 pages, 12% text
    line.mass_15_to_40: -0.262,  # 44950 blocks on 932 pages, 39% text
    line.mass_40_to_80: -0.123,  # 19429 blocks on 917 pages, 55% text
    line.mass_80_to_160: 0.309,  # 14788 blocks on 900 pages, 73% text
    line.mass_160_to_320: 0.732,  # 16487 blocks on 913 pages, 88% text
    line.mass_from_320: 0.681,  # 7003 blocks on 814 pages, 89% text
    line.ends_like_a_sentence: 0.278,  # 44739 blocks on 935 pages, 80% text
    line.ends_with_colon: 0.248,  # 3974 blocks on 625 pages, 76% text
    line.ends_with_ellipsis: -1.226,  # 720 blocks on 191 pages, 21% text
    line.short_without_end: -0.278,  # 90901 blocks on 922 pages, 17% text
    line.no_link: 0.778,  # 92073 blocks on 935 pages, 58% text
    line.some_links: 0.102,  # 8153 blocks on 822 pages, 83% text
    line.half_linked: 0.065,  # 3103 blocks on 593 pages, 44% text
    line.all_linked: -0.087,  # 51850 blocks on 860 pages, 8% text
    line.all_linked_and_long: -0.579,  # 5965 blocks on 637 pages, 14% text
    line.many_digits: -0.479,  # 12673 blocks on 785 pages, 10% text
    line.short_with_date: -0.326,  # 5091 blocks on 783 pages, 15% text
    line.opens_with_bullet: -0.578,  # 1635 blocks on 201 pages, 14% text
    wording.has_copyright_sign: -0.770,  # 303 blocks on 241 pages, 2% text
    wording.opens_related: -1.362,  # 1079 blocks on 483 pages, 13% text
    wording.is_related_phrase: -0.591,  # 545 blocks on 322 pages, 1% text
    wording.opens_with_notice: -0.952,  # 2274 blocks on 499 pages, 7% text
    wording.holds_notice: -1.244,  # 5677 blocks on 697 pages, 23% text
    wording.holds_two_notices: -0.655,  # 1312 blocks on 379 pages, 13% text
    wording.opens_with_credit: -0.554,  # 517 blocks on 135 pages, 9% text
    wording.holds_credit: -0.682,  # 1784 blocks on 396 pages, 30% text
    wording.opens_with_byline: -1.124,  # 924 blocks on 466 pages, 6% text
    element.in_p: -0.317,  # 48312 blocks on 930 pages, 72% text
    element.in_heading: 0.995,  # 21076 blocks on 927 pages, 62% text
    element.in_h1: -1.523,  # 1021 blocks on 865 pages, 35% text
    element.in_low_heading: -0.691,  # 3746 blocks on 395 pages, 44% text
    lists.in_li: 0.857,  # 61613 blocks on 807 pages, 30% text
    element.in_plain_div: -0.724,  # 30114 blocks on 840 pages, 8% text
    element.in_other_element: -0.495,  # 2937 blocks on 473 pages, 4% text
    element.in_table: -1.190,  # 13752 blocks on 134 pages, 16% text
    element.in_blockquote: -0.082,  # 586 blocks on 114 pages, 74% text
    element.in_figcaption: -0.598,  # 1541 blocks on 239 pages, 9% text
    element.in_figure: -0.617,  # 4230 blocks on 256 pages, 12% text
    element.in_nav: 0.316,  # 16810 blocks on 348 pages, 4% text
    element.in_footer: -1.468,  # 7108 blocks on 277 pages, 0% text
    element.in_header: -0.435,  # 16473 blocks on 398 pages, 2% text
    element.in_aside: -0.664,  # 4809 blocks on 177 pages, 5% text
    element.in_form: -1.092,  # 3854 blocks on 259 pages, 1% text
    boxes.beside_form: -0.648,  # 595 blocks on 180 pages, 1% text
    element.in_button: -0.812,  # 2483 blocks on 388 pages, 3% text
    element.in_wide_article: 0.526,  # 59518 blocks on 491 pages, 60% text
    boxes.is_hidden: -1.111,  # 2331 blocks on 244 pages, 4% text
    boxes.in_core: 0.656,  # 81823 blocks on 935 pages, 71% text
    boxes.one_above_core: 0.028,  # 8201 blocks on 502 pages, 20% text
    boxes.far_above_core: 0.183,  # 57421 blocks on 604 pages, 9% text
    boxes.three_below: -0.143,  # 25808 blocks on 833 pages, 39% text
    boxes.far_below: -0.307,  # 84136 blocks on 790 pages, 15% text
    boxes.same_shape: 0.872,  # 42175 blocks on 935 pages, 81% text
    boxes.like_but_other_shape: 0.152,  # 10205 blocks on 793 pages, 65% text
    boxes.outer_mostly_linked: -0.164,  # 52914 blocks on 845 pages, 7% text
    boxes.outer_hardly_linked: 0.508,  # 95622 blocks on 933 pages, 61% text
    boxes.outer_small: -0.459,  # 81372 blocks on 918 pages, 17% text
    boxes.outer_wide: 0.454,  # 35116 blocks on 809 pages, 93% text
    place.before_h1: -1.992,  # 23433 blocks on 571 pages, 1% text
    place.right_after_h1: -0.234,  # 1419 blocks on 872 pages, 29% text
    place.before_first_like: -0.827,  # 21441 blocks on 887 pages, 4% text
    place.first_like: 0.504,  # 935 blocks on 935 pages, 69% text
    place.after_last_like: -0.469,  # 12055 blocks on 696 pages, 7% text
    place.last_like: -1.093,  # 935 blocks on 935 pages, 38% text
    place.near_likes: 0.309,  # 23294 blocks on 919 pages, 85% text
    place.far_from_likes: -0.166,  # 65357 blocks on 718 pages, 11% text
    place.after_second_h1: 0.083,  # 6922 blocks on 69 pages, 46% text
    wording.under_related_heading: -0.415,  # 583 blocks on 130 pages, 5% text
    place.under_linked_heading: 0.302,  # 11219 blocks on 315 pages, 34% text
    place.heading_then_link: -0.661,  # 4453 blocks on 655 pages, 16% text
    place.heading_then_like: 0.331,  # 10647 blocks on 839 pages, 84% text
    place.between_links: -0.595,  # 39617 blocks on 720 pages, 6% text
    place.line_of_breaks: 0.381,  # 396 blocks on 88 pages, 69% text
    elsewhere.is_title: -1.234,  # 702 blocks on 574 pages, 31% text
    elsewhere.opens_lead: 0.784,  # 514 blocks on 419 pages, 64% text
    elsewhere.in_article_body: -0.063,  # 1985 blocks on 48 pages, 93% text
    elsewhere.missing_in_article_body: -0.836,  # 1634 blocks on 44 pages, 15% text
    elsewhere.repeats_another: 0.568,  # 10167 blocks on 770 pages, 55% text
    boxes.beside_button: -0.274,  # 3535 blocks on 412 pages, 7% text
    boxes.beside_player: -1.030,  # 236 blocks on 65 pages, 14% text
    line.label_then_link: -0.324,  # 3870 blocks on 504 pages, 16% text
    wording.notice_with_link: -0.519,  # 2299 blocks on 489 pages, 13% text
    boxes.same_make: 0.580,  # 30940 blocks on 935 pages, 93% text
    boxes.same_make_outside: 0.028,  # 2011 blocks on 95 pages, 76% text
    boxes.like_but_other_make: -0.216,  # 6296 blocks on 554 pages, 64% text
    place.same_make_after_core: 0.660,  # 1654 blocks on 199 pages, 60% text
    place.closes_text: -0.067,  # 245 blocks on 137 pages, 67% text
    place.short_but_same_make: -0.972,  # 2269 blocks on 285 pages, 65% text
    line.has_bar: -0.811,  # 1451 blocks on 227 pages, 28% text
}

NEWS_BIAS = -0.413

NEWS: Mapping[Signal, float] = {
    wording.related_and_linked: -0.037,
    wording.ends_with_credit: -0.030,
    line.all_slanted: -0.234,
    line.all_bold: -0.034,
    lists.linked_li: -0.027,
    lists.li_in_linked_list: -0.066,
    lists.linked_list_late: -0.139,
    lists.li_after_core: -0.076,
    lists.li_sentence: -0.199,
    lists.li_after_colon: -0.347,
    lists.linked_p: 0.043,
    boxes.one_of_three_cards: 0.074,
    boxes.sentence_of_core: 0.141,
    boxes.after_image: 0.054,
    boxes.beside_image: -0.409,
    place.after_core: -0.023,
    place.short_after_core: -0.124,
    wording.under_opening_related: -0.013,
    wording.after_related_phrase: -0.049,
    boxes.in_discussion: -0.009,
    elsewhere.said_thrice: -0.165,
    elsewhere.in_series: -0.065,
    elsewhere.linked_series: 0.039,
    elsewhere.like_twin: 0.012,
    line.mass_under_15: -0.112,
    line.mass_15_to_40: -0.162,
    line.mass_40_to_80: -0.193,
    line.mass_80_to_160: 0.217,
    line.mass_160_to_320: 0.001,
    line.mass_from_320: -0.163,
    line.ends_like_a_sentence: -0.099,
    line.ends_with_colon: -0.060,
    line.ends_with_ellipsis: -0.070,
    line.short_without_end: -0.312,
    line.no_link: -0.152,
    line.some_links: -0.128,
    line.half_linked: -0.001,
    line.all_linked: -0.134,
    line.all_linked_and_long: -0.073,
    line.many_digits: -0.046,
    line.short_with_date: -0.091,
    line.opens_with_bullet: 0.015,
    wording.has_copyright_sign: -0.033,
    wording.opens_related: -0.061,
    wording.is_related_phrase: -0.011,
    wording.opens_with_notice: -0.046,
    wording.holds_notice: -0.108,
    wording.holds_two_notices: 0.010,
    wording.opens_with_credit: -0.029,
    wording.holds_credit: -0.045,
    wording.opens_with_byline: -0.031,
    element.in_p: 0.193,
    element.in_heading: 0.096,
    element.in_h1: -0.165,
    element.in_low_heading: -0.038,
    lists.in_li: -0.422,
    element.in_plain_div: -0.149,
    element.in_other_element: -0.047,
    element.in_table: 0.048,
    element.in_blockquote: 0.018,
    element.in_figcaption: -0.020,
    element.in_figure: -0.009,
    element.in_nav: 0.027,
    element.in_footer: -0.031,
    element.in_header: 0.024,
    element.in_aside: -0.019,
    element.in_form: -0.011,
    boxes.beside_form: -0.037,
    element.in_button: -0.017,
    element.in_wide_article: -0.038,
    boxes.is_hidden: 0.010,
    boxes.in_core: -0.356,
    boxes.one_above_core: 0.165,
    boxes.far_above_core: -0.205,
    boxes.three_below: 0.131,
    boxes.far_below: -0.341,
    boxes.same_shape: 0.402,
    boxes.like_but_other_shape: -0.253,
    boxes.outer_mostly_linked: -0.259,
    boxes.outer_hardly_linked: 0.026,
    boxes.outer_small: -0.169,
    boxes.outer_wide: 0.177,
    place.before_h1: -0.047,
    place.right_after_h1: 0.150,
    place.before_first_like: -0.087,
    place.first_like: 0.262,
    place.after_last_like: -0.174,
    place.last_like: -0.038,
    place.near_likes: -0.042,
    place.far_from_likes: 0.018,
    place.after_second_h1: -0.033,
    wording.under_related_heading: -0.010,
    place.under_linked_heading: -0.009,
    place.heading_then_link: -0.054,
    place.heading_then_like: 0.014,
    place.between_links: -0.140,
    place.line_of_breaks: 0.011,
    elsewhere.is_title: -0.244,
    elsewhere.opens_lead: 0.257,
    elsewhere.in_article_body: 0.124,
    elsewhere.missing_in_article_body: 0.113,
    elsewhere.repeats_another: 0.046,
    boxes.beside_button: -0.103,
    boxes.beside_player: -0.086,
    line.label_then_link: -0.075,
    wording.notice_with_link: -0.064,
    boxes.same_make: 0.293,
    boxes.same_make_outside: -0.182,
    boxes.like_but_other_make: 0.103,
    place.same_make_after_core: 0.033,
    place.closes_text: -0.098,
    place.short_but_same_make: 0.122,
    line.has_bar: -0.021,
}
"""What is added on pages that call themselves news."""

NEIGHBOURS: Mapping[str, float] = {
    "bias": -0.032,
    "own": 0.958,
    "before": -0.046,
    "after": 0.201,
    "outer": -0.818,
    "parent": 0.297,
    "heading_after": 0.025,
    "heading_before": 0.025,
    "lesser": 0.269,
    "greater": -0.115,
    "heading": 0.171,
    "make": 1.005,
}

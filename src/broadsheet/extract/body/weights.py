"""What each signal weighs, in log-odds: learned by `benchmarks/train`, not edited by hand. The table is also the registry.

The comment behind a weight says on how many blocks of how many dev pages the signal was heard, and how many of these were text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadsheet.extract.body import signals as s
from broadsheet.extract.body.spots import Spot

Signal = Callable[[Spot], bool]

BIAS = -0.021

WEIGHTS: Mapping[Signal, float] = {
    s.related_and_linked: -0.771,  # 300 blocks on 122 pages, 20% text
    s.ends_with_credit: -0.816,  # 320 blocks on 138 pages, 15% text
    s.all_slanted: -1.077,  # 3163 blocks on 335 pages, 22% text
    s.all_bold: 0.130,  # 4212 blocks on 467 pages, 64% text
    s.linked_li: 0.560,  # 35609 blocks on 613 pages, 7% text
    s.li_in_linked_list: 0.832,  # 36160 blocks on 593 pages, 8% text
    s.linked_list_late: -1.101,  # 19880 blocks on 493 pages, 10% text
    s.li_after_core: -0.499,  # 21330 blocks on 496 pages, 9% text
    s.li_sentence: -0.834,  # 6992 blocks on 456 pages, 78% text
    s.li_after_colon: 0.171,  # 56486 blocks on 799 pages, 29% text
    s.linked_p: 0.412,  # 13951 blocks on 803 pages, 5% text
    s.one_of_three_cards: 0.448,  # 47025 blocks on 702 pages, 15% text
    s.sentence_of_core: 0.854,  # 23745 blocks on 906 pages, 96% text
    s.after_image: -0.753,  # 4631 blocks on 599 pages, 26% text
    s.beside_image: -1.215,  # 15808 blocks on 752 pages, 10% text
    s.after_core: -1.820,  # 48442 blocks on 823 pages, 11% text
    s.short_after_core: 0.504,  # 42950 blocks on 816 pages, 8% text
    s.under_opening_related: -0.807,  # 1290 blocks on 189 pages, 12% text
    s.after_related_phrase: -0.391,  # 497 blocks on 307 pages, 12% text
    s.in_series: 0.327,  # 10677 blocks on 465 pages, 48% text
    s.linked_series: -0.889,  # 1466 blocks on 152 pages, 25% text
    s.like_twin: -1.433,  # 1603 blocks on 173 pages, 47% text
    s.mass_under_15: -1.395,  # 58644 blocks on 910 pages, 12% text
    s.mass_15_to_40: -0.329,  # 44950 blocks on 932 pages, 39% text
    s.mass_40_to_80: -0.265,  # 19429 blocks on 917 pages, 55% text
    s.mass_80_to_160: 0.430,  # 14788 blocks on 900 pages, 73% text
    s.mass_160_to_320: 0.811,  # 16487 blocks on 913 pages, 88% text
    s.mass_from_320: 0.747,  # 7003 blocks on 814 pages, 89% text
    s.ends_like_a_sentence: 0.395,  # 44739 blocks on 935 pages, 80% text
    s.ends_with_colon: 0.494,  # 3974 blocks on 625 pages, 76% text
    s.ends_with_ellipsis: -1.215,  # 720 blocks on 191 pages, 21% text
    s.short_without_end: -0.351,  # 90901 blocks on 922 pages, 17% text
    s.no_link: 0.711,  # 92073 blocks on 935 pages, 58% text
    s.some_links: 0.106,  # 8153 blocks on 822 pages, 83% text
    s.half_linked: 0.112,  # 3103 blocks on 593 pages, 44% text
    s.all_linked: -0.030,  # 51850 blocks on 860 pages, 8% text
    s.all_linked_and_long: -0.857,  # 5965 blocks on 637 pages, 14% text
    s.many_digits: -0.434,  # 12673 blocks on 785 pages, 10% text
    s.short_with_date: -0.302,  # 5091 blocks on 783 pages, 15% text
    s.opens_with_bullet: -0.646,  # 1635 blocks on 201 pages, 14% text
    s.has_copyright_sign: -0.833,  # 303 blocks on 241 pages, 2% text
    s.opens_related: -1.460,  # 1018 blocks on 467 pages, 13% text
    s.is_related_phrase: -0.545,  # 499 blocks on 308 pages, 2% text
    s.opens_with_notice: -0.983,  # 2190 blocks on 486 pages, 7% text
    s.holds_notice: -1.435,  # 5559 blocks on 689 pages, 23% text
    s.holds_two_notices: -0.558,  # 1127 blocks on 315 pages, 12% text
    s.opens_with_credit: -0.442,  # 517 blocks on 135 pages, 9% text
    s.holds_credit: -0.674,  # 1778 blocks on 394 pages, 31% text
    s.opens_with_byline: -0.938,  # 924 blocks on 466 pages, 6% text
    s.in_p: -0.610,  # 48312 blocks on 930 pages, 72% text
    s.in_heading: 0.840,  # 21076 blocks on 927 pages, 62% text
    s.in_h1: -1.551,  # 1021 blocks on 865 pages, 35% text
    s.in_low_heading: -0.662,  # 3746 blocks on 395 pages, 44% text
    s.in_li: 0.877,  # 61613 blocks on 807 pages, 30% text
    s.in_plain_div: -1.131,  # 30114 blocks on 840 pages, 8% text
    s.in_other_element: -0.801,  # 2937 blocks on 473 pages, 4% text
    s.in_table: -0.878,  # 13752 blocks on 134 pages, 16% text
    s.in_blockquote: -0.246,  # 586 blocks on 114 pages, 74% text
    s.in_figcaption: -0.952,  # 1541 blocks on 239 pages, 9% text
    s.in_figure: -0.702,  # 4230 blocks on 256 pages, 12% text
    s.in_nav: 0.272,  # 16810 blocks on 348 pages, 4% text
    s.in_footer: -1.549,  # 7108 blocks on 277 pages, 0% text
    s.in_header: -0.466,  # 16473 blocks on 398 pages, 2% text
    s.in_aside: -0.621,  # 4809 blocks on 177 pages, 5% text
    s.in_form: -1.076,  # 3854 blocks on 259 pages, 1% text
    s.beside_form: -0.761,  # 595 blocks on 180 pages, 1% text
    s.in_button: -0.999,  # 2483 blocks on 388 pages, 3% text
    s.in_wide_article: 0.586,  # 59518 blocks on 491 pages, 60% text
    s.is_hidden: -0.994,  # 1884 blocks on 219 pages, 4% text
    s.in_core: 0.504,  # 79299 blocks on 935 pages, 72% text
    s.one_above_core: -0.165,  # 8141 blocks on 500 pages, 20% text
    s.far_above_core: 0.334,  # 60141 blocks on 606 pages, 12% text
    s.three_below: -0.311,  # 25926 blocks on 835 pages, 39% text
    s.far_below: -0.460,  # 83750 blocks on 790 pages, 15% text
    s.same_shape: 1.270,  # 42175 blocks on 935 pages, 81% text
    s.like_but_other_shape: 0.217,  # 10205 blocks on 793 pages, 65% text
    s.outer_mostly_linked: -0.319,  # 52914 blocks on 845 pages, 7% text
    s.outer_hardly_linked: 0.608,  # 95622 blocks on 933 pages, 61% text
    s.outer_small: -0.537,  # 81372 blocks on 918 pages, 17% text
    s.outer_wide: 0.571,  # 35116 blocks on 809 pages, 93% text
    s.before_h1: -2.110,  # 23433 blocks on 571 pages, 1% text
    s.right_after_h1: -0.177,  # 1419 blocks on 872 pages, 29% text
    s.before_first_like: -0.768,  # 21441 blocks on 887 pages, 4% text
    s.first_like: 0.548,  # 935 blocks on 935 pages, 69% text
    s.after_last_like: -0.405,  # 12055 blocks on 696 pages, 7% text
    s.last_like: -1.052,  # 935 blocks on 935 pages, 38% text
    s.near_likes: 0.327,  # 23294 blocks on 919 pages, 85% text
    s.far_from_likes: -0.152,  # 65357 blocks on 718 pages, 11% text
    s.after_second_h1: 0.227,  # 6922 blocks on 69 pages, 46% text
    s.under_related_heading: -0.305,  # 536 blocks on 126 pages, 6% text
    s.under_linked_heading: 0.593,  # 11219 blocks on 315 pages, 34% text
    s.heading_then_link: -0.686,  # 4453 blocks on 655 pages, 16% text
    s.heading_then_like: 0.346,  # 10647 blocks on 839 pages, 84% text
    s.between_links: -0.474,  # 39617 blocks on 720 pages, 6% text
    s.line_of_breaks: 0.202,  # 396 blocks on 88 pages, 69% text
    s.is_title: -1.501,  # 702 blocks on 574 pages, 31% text
    s.opens_lead: 0.939,  # 514 blocks on 419 pages, 64% text
    s.in_article_body: -0.341,  # 1985 blocks on 48 pages, 93% text
    s.missing_in_article_body: -1.565,  # 1634 blocks on 44 pages, 15% text
    s.repeats_another: 0.579,  # 10120 blocks on 770 pages, 55% text
}

NEIGHBOURS: Mapping[str, float] = {
    "bias": 0.021,
    "own": 0.988,
    "before": 0.004,
    "after": 0.151,
    "outer": -0.120,
    "parent": 0.438,
    "heading_after": -0.026,
    "heading_before": 0.080,
    "lesser": 0.295,
    "greater": -0.141,
    "heading": 0.109,
}

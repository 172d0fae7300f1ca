"""What each signal weighs, in log-odds: learned by `benchmarks/train`, not edited by hand. The table is also the registry.

The comment behind a weight says on how many blocks of how many dev pages the signal was heard, and how many of these were text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadsheet.extract.body import signals as s
from broadsheet.extract.body.spots import Spot

Signal = Callable[[Spot], bool]

BIAS = 0.016

WEIGHTS: Mapping[Signal, float] = {
    s.related_and_linked: -0.762,  # 439 blocks on 162 pages, 14% text
    s.ends_with_credit: -0.773,  # 373 blocks on 133 pages, 13% text
    s.all_slanted: -1.110,  # 2451 blocks on 306 pages, 28% text
    s.all_bold: 0.201,  # 4134 blocks on 455 pages, 65% text
    s.linked_li: 0.548,  # 31073 blocks on 483 pages, 7% text
    s.li_in_linked_list: 0.546,  # 31606 blocks on 470 pages, 8% text
    s.linked_list_late: -0.713,  # 17463 blocks on 407 pages, 11% text
    s.li_after_core: -0.543,  # 18707 blocks on 400 pages, 10% text
    s.li_sentence: -0.781,  # 6964 blocks on 456 pages, 79% text
    s.li_after_colon: 0.221,  # 51776 blocks on 747 pages, 31% text
    s.linked_p: 0.309,  # 11108 blocks on 636 pages, 6% text
    s.one_of_three_cards: 0.503,  # 41127 blocks on 603 pages, 16% text
    s.sentence_of_core: 0.828,  # 23745 blocks on 906 pages, 96% text
    s.after_image: -0.821,  # 4262 blocks on 543 pages, 28% text
    s.beside_image: -1.221,  # 13043 blocks on 612 pages, 12% text
    s.after_core: -1.903,  # 40529 blocks on 653 pages, 13% text
    s.short_after_core: 0.474,  # 35463 blocks on 644 pages, 10% text
    s.under_opening_related: -0.917,  # 1143 blocks on 151 pages, 12% text
    s.after_related_phrase: -0.357,  # 497 blocks on 238 pages, 12% text
    s.in_series: 0.372,  # 15072 blocks on 506 pages, 34% text
    s.linked_series: -1.066,  # 2249 blocks on 238 pages, 14% text
    s.like_twin: -1.100,  # 1571 blocks on 174 pages, 48% text
    s.mass_under_15: -1.426,  # 51977 blocks on 854 pages, 13% text
    s.mass_15_to_40: -0.289,  # 40676 blocks on 915 pages, 42% text
    s.mass_40_to_80: -0.259,  # 17383 blocks on 887 pages, 60% text
    s.mass_80_to_160: 0.463,  # 14374 blocks on 891 pages, 75% text
    s.mass_160_to_320: 0.786,  # 16300 blocks on 913 pages, 89% text
    s.mass_from_320: 0.726,  # 6952 blocks on 808 pages, 90% text
    s.ends_like_a_sentence: 0.467,  # 43662 blocks on 934 pages, 81% text
    s.ends_with_colon: 0.463,  # 3879 blocks on 603 pages, 78% text
    s.ends_with_ellipsis: -1.243,  # 597 blocks on 167 pages, 25% text
    s.short_without_end: -0.347,  # 80420 blocks on 869 pages, 19% text
    s.no_link: 0.877,  # 90385 blocks on 934 pages, 59% text
    s.some_links: 0.225,  # 8023 blocks on 814 pages, 84% text
    s.half_linked: 0.257,  # 2874 blocks on 532 pages, 48% text
    s.all_linked: 0.169,  # 43953 blocks on 709 pages, 8% text
    s.all_linked_and_long: -0.678,  # 4465 blocks on 515 pages, 15% text
    s.many_digits: -0.390,  # 11286 blocks on 563 pages, 12% text
    s.short_with_date: -0.287,  # 4034 blocks on 538 pages, 18% text
    s.opens_with_bullet: -0.738,  # 1494 blocks on 174 pages, 15% text
    s.has_copyright_sign: -0.817,  # 262 blocks on 205 pages, 3% text
    s.opens_related: -1.480,  # 1006 blocks on 383 pages, 14% text
    s.is_related_phrase: -0.532,  # 507 blocks on 241 pages, 2% text
    s.opens_with_notice: -1.220,  # 3243 blocks on 459 pages, 5% text
    s.holds_notice: -1.534,  # 6646 blocks on 655 pages, 19% text
    s.holds_two_notices: -0.696,  # 1070 blocks on 301 pages, 13% text
    s.opens_with_credit: -0.473,  # 613 blocks on 144 pages, 8% text
    s.holds_credit: -0.756,  # 2001 blocks on 382 pages, 27% text
    s.opens_with_byline: -0.802,  # 651 blocks on 298 pages, 9% text
    s.in_p: -0.634,  # 46514 blocks on 927 pages, 75% text
    s.in_heading: 0.803,  # 19065 blocks on 881 pages, 67% text
    s.in_h1: -1.467,  # 564 blocks on 436 pages, 39% text
    s.in_low_heading: -0.738,  # 3414 blocks on 347 pages, 48% text
    s.in_li: 0.822,  # 56242 blocks on 752 pages, 32% text
    s.in_plain_div: -1.067,  # 25040 blocks on 656 pages, 9% text
    s.in_other_element: -0.692,  # 2594 blocks on 368 pages, 4% text
    s.in_table: -0.940,  # 13749 blocks on 133 pages, 16% text
    s.in_blockquote: -0.189,  # 581 blocks on 113 pages, 75% text
    s.in_figcaption: -0.872,  # 1494 blocks on 220 pages, 9% text
    s.in_figure: -0.738,  # 4185 blocks on 241 pages, 12% text
    s.in_nav: 0.396,  # 14362 blocks on 251 pages, 3% text
    s.in_footer: -1.635,  # 6375 blocks on 221 pages, 0% text
    s.in_header: -0.688,  # 14244 blocks on 249 pages, 1% text
    s.in_aside: -0.662,  # 4265 blocks on 133 pages, 4% text
    s.in_form: -1.053,  # 3623 blocks on 215 pages, 1% text
    s.in_button: -1.077,  # 2134 blocks on 310 pages, 3% text
    s.in_wide_article: 0.587,  # 56584 blocks on 491 pages, 63% text
    s.is_hidden: -0.862,  # 4730 blocks on 203 pages, 2% text
    s.in_core: 0.248,  # 79299 blocks on 935 pages, 72% text
    s.one_above_core: -0.395,  # 5880 blocks on 267 pages, 22% text
    s.far_above_core: 0.201,  # 52807 blocks on 383 pages, 12% text
    s.three_below: -0.288,  # 23495 blocks on 712 pages, 43% text
    s.far_below: -0.453,  # 73453 blocks on 631 pages, 16% text
    s.same_shape: 1.259,  # 41459 blocks on 935 pages, 82% text
    s.like_but_other_shape: 0.209,  # 9897 blocks on 745 pages, 66% text
    s.outer_mostly_linked: -0.384,  # 44571 blocks on 675 pages, 7% text
    s.outer_hardly_linked: 0.618,  # 91469 blocks on 930 pages, 63% text
    s.outer_small: -0.639,  # 69565 blocks on 840 pages, 19% text
    s.outer_wide: 0.717,  # 35009 blocks on 809 pages, 93% text
    s.before_h1: -2.041,  # 20997 blocks on 332 pages, 1% text
    s.right_after_h1: -0.300,  # 867 blocks on 545 pages, 40% text
    s.before_first_like: -0.855,  # 17497 blocks on 573 pages, 4% text
    s.first_like: 0.364,  # 935 blocks on 935 pages, 77% text
    s.after_last_like: -0.328,  # 7033 blocks on 531 pages, 12% text
    s.last_like: -1.046,  # 935 blocks on 935 pages, 47% text
    s.near_likes: 0.230,  # 23595 blocks on 925 pages, 86% text
    s.far_from_likes: -0.155,  # 56658 blocks on 591 pages, 12% text
    s.after_second_h1: 0.405,  # 5120 blocks on 49 pages, 42% text
    s.under_related_heading: -0.301,  # 461 blocks on 98 pages, 7% text
    s.under_linked_heading: 0.583,  # 9327 blocks on 248 pages, 39% text
    s.heading_then_link: -0.707,  # 3496 blocks on 481 pages, 19% text
    s.heading_then_like: 0.505,  # 10389 blocks on 818 pages, 86% text
    s.between_links: -0.516,  # 33681 blocks on 570 pages, 6% text
    s.line_of_breaks: 0.288,  # 392 blocks on 85 pages, 69% text
    s.is_title: -1.425,  # 412 blocks on 301 pages, 36% text
    s.opens_lead: 0.923,  # 434 blocks on 328 pages, 65% text
    s.in_article_body: -0.360,  # 1968 blocks on 47 pages, 92% text
    s.missing_in_article_body: -1.769,  # 2194 blocks on 43 pages, 11% text
    s.repeats_another: 0.896,  # 2097 blocks on 568 pages, 58% text
}

NEIGHBOURS: Mapping[str, float] = {
    "bias": 0.004,
    "own": 0.999,
    "before": 0.005,
    "after": 0.150,
    "outer": -0.054,
    "parent": 0.322,
    "heading_after": 0.045,
    "heading_before": 0.081,
    "lesser": 0.275,
    "greater": -0.120,
    "heading": 0.085,
}

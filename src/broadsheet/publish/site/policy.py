"""What a page of ours may load: its own style sheet and pictures, nothing else."""

from __future__ import annotations

from broadsheet.publish.site.place import Site


def content_security_policy(site: Site, *, in_page: bool = False, forms: bool = False) -> str:
    """The Content-Security-Policy of every page.

    Pictures and recordings may come from anywhere, since articles bring their own; only from the proxy when there is one. *in_page* is
    for a `<meta>`: there `frame-ancestors` is not allowed (CSP 3, section 3.3), and `file:` lets a tree on disk find its
    style sheet in browsers for which 'self' means nothing there; no page from the network can load `file:` anyway. *forms* is for a page
    with a form that asks our own server.
    """
    pictures, recordings = _from(site.pictures.origins), _from(site.pictures.media_origins)
    rules = ["default-src 'none'", f"img-src {pictures} data:", f"media-src {recordings}", "style-src 'self'", "base-uri 'none'"]
    rules.append("form-action 'self'" if forms else "form-action 'none'")
    if in_page:
        return "; ".join(rules).replace("'self'", "'self' file:")
    return "; ".join((*rules, "frame-ancestors 'none'"))


def _from(origins: tuple[str, ...] | None) -> str:
    return "'self' http: https:" if origins is None else " ".join(("'self'", *origins))

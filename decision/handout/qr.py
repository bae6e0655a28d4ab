"""A link as a QR code, which moves what is on a screen or on paper to a phone."""

from __future__ import annotations

import segno

LARGEST_VERSION = 20
"""97 modules a side: at 35 mm each is a third of a millimetre, which a phone still reads from paper."""


def code(link: str, text: str) -> str | None:
    """Return a link as an SVG with a text that says the same; None where it is too long to be read from paper.

    Error correction M (15% may be lost), or L (7%) where the link is long.
    """
    for level in ("m", "l"):
        try:
            made = segno.make_qr(link, error=level, version=None, boost_error=False)
        except segno.DataOverflowError:
            return None
        if int(made.version) <= LARGEST_VERSION:
            return _svg(made, text)
    return None


def _svg(made: segno.QRCode, text: str) -> str:
    drawn = made.svg_inline(omitsize=True, svgclass="qr", lineclass=None, title=text, dark="#000", light="#fff")
    return drawn.replace("<svg ", '<svg role="img" xmlns="http://www.w3.org/2000/svg" ', 1)

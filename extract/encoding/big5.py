"""Which Big5: Hong Kong's and Microsoft's tables agree on all but a few hundred codes.

Most files hold none of those and are the same text in both; they are called Big5-HKSCS, the larger
set. Where the tables differ the likelier text is taken: A1E3 is ～ in CP950 and ∼ in HKSCS, C6A1 is
a kana in CP950 and ① in HKSCS, and leads 87 to A0 and FA to FE are characters in HKSCS alone.
"""

from extract.encoding.likeness import log_likelihood

DEFAULT = "big5hkscs"
_OTHER = "cp950"


def which_big5(data: bytes) -> str:
    """Name the codec, `big5hkscs` or `cp950`, that reads these bytes best.

    >>> which_big5("總計：９～１０件".encode("cp950")), which_big5("總計".encode("cp950"))
    ('cp950', 'big5hkscs')
    """
    default, other = (data.decode(name, "replace") for name in (DEFAULT, _OTHER))
    if default == other:
        return DEFAULT
    return DEFAULT if log_likelihood(default) >= log_likelihood(other) else _OTHER

#!/bin/sh
# Makes the fonts of printed things: Noto Sans of Debian's fonts-noto-core and Noto Sans Mono of
# fonts-noto-mono, cut down to Latin, Cyrillic with all Kazakh letters, and the signs in use.
# Needs fonttools (Debian's package of that name): sh subset.sh [DIRECTORY OF THE FONTS]
set -eu
cd "$(dirname "$0")"
from=${1:-/usr/share/fonts/truetype/noto}
# Latin with its accents, Cyrillic, dashes, quotes, №, ₸, and the sign that stands where a name has
# one beyond these.
text='U+0020-007E,U+00A0-017F,U+0218-021B,U+02BB-02BC,U+0300-0304,U+0306-0308,U+030C,U+0400-052F'
text="$text,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+20B8"
text="$text,U+2116,U+2122,U+25CC,U+FFFD"
subset() {
    # No hinting: paper has dots enough. The moment of making stays out, so that bytes are equal.
    pyftsubset "$from/$1.ttf" --unicodes="$2" --output-file="$1.ttf" \
        --layout-features='kern,mark,mkmk,ccmp,locl,lnum,tnum,zero' --no-hinting --notdef-outline \
        --name-IDs='0,1,2,3,4,5,6,13,14' --no-recalc-timestamp
}
subset NotoSans-Regular "$text"
subset NotoSans-Bold "$text"
# Codes and addresses.
subset NotoSansMono-Bold 'U+0020-007E'

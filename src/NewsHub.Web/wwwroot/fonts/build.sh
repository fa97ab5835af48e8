#!/usr/bin/env bash
# Cuts the paper's faces from the variable fonts published under the OFL. Needs npm, fonttools and python3-brotli.
# As published they weigh 230 KB; a first visit to an article may load 60 KB. Each face comes in three parts:
#   NAME        what English copy is set in
#   NAME-more   the rest of Latin-1, signs and fractions: loads when a page has one of them (unicode-range in fonts.css)
#   NAME-ext    Latin Extended, with the naira sign: the same
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"; trap 'rm -rf "$work"' EXIT
cd "$work"
for name in newsreader libre-franklin; do
  npm pack --silent "@fontsource-variable/$name@5.3.0" >/dev/null
  mkdir "$name"; tar xzf "fontsource-variable-$name-5.3.0.tgz" -C "$name" --strip-components=1
done
export SOURCE_DATE_EPOCH=1751328000   # the same bytes on every run
news=newsreader/files/newsreader; franklin=libre-franklin/files/libre-franklin
python="${PYTHON:-python3}"

letters='U+0041-005A,U+0061-007A,U+00A0,U+00A3,U+00C0-00C5,U+00C7-00CF,U+00D1-00D6,U+00D9-00DD,U+00E0-00E5,U+00E7-00EF,U+00F1-00F6,U+00F9-00FD,U+00FF,U+2009,U+202F,U+2013-2014,U+2018-2019,U+201C-201D,U+2026,U+20AC'
few="U+0020-0022,U+0024-0026,U+0027-0029,U+002C-003B,U+003F,$letters"          # signs a headline lacks come from the text face
all="U+0020-0040,U+005B-0060,U+007B-007E,U+00A9,U+00B7,U+2022,U+2190-2193,U+2212,$letters"
label="U+0020-003B,U+003F,U+0040,U+00A9,U+00B7,U+2022,U+2190-2193,U+2212,$letters"
more='U+00A1-00A2,U+00A4-00A8,U+00AA-00B6,U+00B8-00BF,U+00C6,U+00D0,U+00D7-00D8,U+00DE-00DF,U+00E6,U+00F0,U+00F7-00F8,U+00FE,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2010-2012,U+2015,U+201A,U+201E,U+2020-2021,U+2030,U+2032-2033,U+2039-203A,U+2044,U+2122'

cat > kern.py <<'PY'
# kern.py FONT LEAST [STATIC]   Kerning is a third of a face. Take it from the static cut (one that follows the weight is
# twice the size), leave out pairs too small to be seen, and round the rest, which compresses better.
import sys
from fontTools.ttLib import TTFont
font, least = TTFont(sys.argv[1]), int(sys.argv[2])
if len(sys.argv) > 3:
    static = TTFont(sys.argv[3])
    assert font.getGlyphOrder() == static.getGlyphOrder()
    for table in ("GPOS", "GDEF"):
        if table in static: font[table] = static[table]
        elif table in font: del font[table]
def calm(value):
    if value is not None and getattr(value, "XAdvance", 0):
        step = least // 2
        value.XAdvance = 0 if abs(value.XAdvance) < least else round(value.XAdvance / step) * step
for lookup in font["GPOS"].table.LookupList.Lookup if "GPOS" in font else []:
    for sub in lookup.SubTable:
        sub = getattr(sub, "ExtSubTable", sub)
        if sub.LookupType != 2: continue
        for pair in [r for s in sub.PairSet for r in s.PairValueRecord] if sub.Format == 1 else \
                    [b for a in sub.Class1Record for b in a.Class2Record]: calm(pair.Value1)
font.save(sys.argv[1])
PY

# one SOURCE TARGET UNICODES AXIS=VALUE…
one() {
  "$python" -m fontTools varLib.instancer "$1" "${@:4}" --no-recalc-timestamp --quiet -o cut.ttf
  "$python" -m fontTools subset cut.ttf --unicodes="$3" --layout-features=kern,liga,locl,ccmp,mark,mkmk --flavor=woff2 --no-hinting \
    --name-IDs=1,2 --drop-tables+=DSIG,STAT,gasp --no-recalc-timestamp --output-file="$2"
}
# cut SOURCE TARGET UNICODES MIDWEIGHT LEASTKERN AXIS=VALUE…
cut() {
  local target="$here/$2.woff2" static=()
  one "$1" "$target" "$3" "${@:6}"
  local axes=("${@:6}")
  case "${axes[*]}" in *wght=*:*) one "$1" static.woff2 "$3" "${axes[@]/#wght=*/wght=$4}"; static=(static.woff2);; esac
  "$python" kern.py "$target" "$5" ${static[@]+"${static[@]}"}
}

for part in latin latin-ext; do
  if [ $part = latin ]; then parts=('' -more); else parts=(-ext); fi
  for suffix in "${parts[@]}"; do
    case "$suffix" in '') h="$few" t="$all" l="$label";; -more) h="$more" t="$more" l="$more";; -ext) h='*' t='*' l='*';; esac
    cut "$news-$part-opsz-normal.woff2"     "headline$suffix" "$h" 700 14 opsz=72 wght=500:800
    cut "$news-$part-opsz-normal.woff2"     "text$suffix"     "$t" 400 24 opsz=16 wght=400
    cut "$news-$part-opsz-italic.woff2"     "italic$suffix"   "$h" 400 24 opsz=20 wght=400
    cut "$franklin-$part-wght-normal.woff2" "label$suffix"    "$l" 500 8 wght=400:700
  done
done

# The face of the cards that are shared: one weight of the headline's, all Latin letters in one file, in the form that libvips reads.
for part in latin latin-ext; do
  "$python" -m fontTools varLib.instancer "$news-$part-opsz-normal.woff2" opsz=72 wght=720 --no-recalc-timestamp --quiet -o cut-$part.ttf
  "$python" -c 'import sys; from fontTools.ttLib import TTFont; font = TTFont(sys.argv[1]); font.flavor = None; font.save(sys.argv[2])' cut-$part.ttf plain-$part.ttf
  "$python" -m fontTools subset plain-$part.ttf --unicodes='*' --layout-features=kern,liga,ccmp,mark,mkmk --no-hinting --name-IDs=1,2,4,6 --drop-tables+=DSIG,STAT,gasp --no-recalc-timestamp --output-file=card-$part.ttf
done
"$python" -m fontTools merge card-latin.ttf card-latin-ext.ttf --output-file=card.ttf
"$python" -c 'import sys
from fontTools.ttLib import TTFont
font = TTFont("card.ttf", recalcTimestamp=False)
for name in font["name"].names:
    if name.nameID in (1, 4): name.string = "News Card"
    if name.nameID == 6: name.string = "NewsCard"
font.save(sys.argv[1])' "$here/../../../NewsHub.Core/Media/card.ttf"

cp newsreader/LICENSE "$here/OFL-Newsreader.txt"
cp newsreader/LICENSE "$here/../../../NewsHub.Core/Media/OFL-Newsreader.txt"
cp libre-franklin/LICENSE "$here/OFL-LibreFranklin.txt"
ls -l "$here"/*.woff2 | awk '{ print $5, $NF } $NF !~ /-(more|ext)/ { sum += $5 } END { print sum, "for a first visit" }'

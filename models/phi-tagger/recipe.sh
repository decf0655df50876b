#!/bin/sh
# Trains and measures the tagger: sh recipe.sh DATA [ship|figures|spread|styles|small] [OUT]
#   ship     learns lexicon.bin and tagger.bin of this folder from everything, with body.onnx, golden file and digests (the default)
#   figures  twins that hold out the evaluation split, measured on it: wordings held out, and names held out too
#   spread   the first twin with three seeds, trained for a shorter time
#   styles   one model for each style and some families of wordings, which are left out and measured; trained for a shorter time too
#   small    a few thousand texts, for tests: under a minute, nothing of this folder is written
# What is not shipped goes to OUT (default: a new folder under /tmp).
set -eu
cd "$(dirname "$0")"
data=$1 what=${2:-ship} out=${3:-$(mktemp -d)}
export OMP_NUM_THREADS=1
mkdir -p "$out"

held_out_lexicon() { [ -f "$out/held-out.lexicon" ] || python3 lexicon.py --data "$data" "$out/held-out.lexicon"; }

case $what in
ship)
    python3 lexicon.py --data "$data" --all lexicon.bin
    python3 train.py --data "$data" --lexicon lexicon.bin --all tagger.bin
    python3 export_onnx.py tagger.bin body.onnx
    python3 check.py --write
    ;;
figures)
    python3 train.py --data "$data" --lexicon lexicon.bin --names all "$out/wordings-held-out"
    for threshold in 0.5 0.3 0.05; do
        python3 evaluate.py --data "$data" --lexicon lexicon.bin --threshold $threshold "$out/wordings-held-out" | tee "$out/wordings-held-out-$threshold.txt"
    done
    held_out_lexicon
    python3 train.py --data "$data" --lexicon "$out/held-out.lexicon" "$out/names-held-out"
    for threshold in 0.5 0.3; do
        python3 evaluate.py --data "$data" --lexicon "$out/held-out.lexicon" --threshold $threshold "$out/names-held-out" | tee "$out/names-held-out-$threshold.txt"
    done
    ;;
spread)
    for seed in 7 8 9; do
        python3 train.py --data "$data" --lexicon lexicon.bin --names all --count 40000 --epochs 4 --seed $seed "$out/seed-$seed"
        python3 evaluate.py --data "$data" --lexicon lexicon.bin "$out/seed-$seed" | tee "$out/seed-$seed.txt"
    done
    ;;
styles)
    for style in queries notes systems "lookalikes/words that are names too" "clean/brands and drugs" spoken letters brief formal intents registers grammar bare shared \
        "clean/eponyms and scores" "clean/numbers that are no identifiers"; do
        echo "== without $style"
        python3 train.py --data "$data" --lexicon lexicon.bin --names all --count 40000 --epochs 4 --without-style "$style" -- "$out/without"
        python3 evaluate.py --data "$data" --lexicon lexicon.bin --only-style "$style" --rows wordings -- "$out/without"
    done
    ;;
small)
    held_out_lexicon
    python3 train.py --data "$data" --lexicon "$out/held-out.lexicon" --count 6000 --epochs 3 "$out/small"
    python3 evaluate.py --data "$data" --lexicon "$out/held-out.lexicon" --count 100 "$out/small"
    ;;
*)
    echo "unknown: $what (expected: ship, figures, spread, styles or small)" >&2
    exit 2
    ;;
esac

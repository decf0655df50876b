#!/bin/sh
# Trains and measures the tagger: sh recipe.sh DATA [ship|figures|unseen|spread|styles|small] [OUT [FOLD]]
#   ship     learns the twins in OUT, and from them lexicon.bin and tagger.bin of this folder, with body.onnx, golden file and digests (the default)
#   figures  measures the twins, which hold out the evaluation split: wordings held out, and names held out too; learns them where OUT has none
#   unseen   a twin that holds out the wordings of one fold alone (default: 3), and the texts of that fold (unseen.jsonl, for ./anteroom evaluate phi --written)
#   spread   a twin of held-out wordings with three seeds, trained for a shorter time
#   styles   one model for each style and some families of wordings, which are left out and measured; trained for a shorter time too
#   small    a few thousand texts, for tests: under a minute, nothing of this folder is written
# What is not shipped goes to OUT (default: a new folder under /tmp).
set -eu
cd "$(dirname "$0")"
data=$1 what=${2:-ship} out=${3:-$(mktemp -d)}
export OMP_NUM_THREADS=1
held_out= # what is held out in place of fold 0
mkdir -p "$out"

held_out_lexicon() { [ -f "$out/held-out.lexicon" ] || python3 lexicon.py --data "$data" $held_out "$out/held-out.lexicon"; }

earlier_links() {
    held_out_lexicon
    [ -f "$out/first-link" ] || python3 train.py --data "$data" $held_out --lexicon "$out/held-out.lexicon" --count 160000 "$out/first-link"
    [ -f "$out/second-link" ] || python3 train.py --data "$data" $held_out --lexicon "$out/held-out.lexicon" --start "$out/first-link" --count 500000 --epochs 3 --rate 3e-3 --seed 8 "$out/second-link"
}

# The mean of two last links over other texts, which go on from where names and wordings are held out: what may be seen is all that the three means differ in.
last_links() {
    made=$1
    shift
    for seed in 9 10; do
        [ -f "$made-$seed" ] || python3 train.py --data "$data" $held_out --start "$out/second-link" --count 500000 --epochs 2 --rate 2e-3 --clean-weight 0.8 --unlisted 0.42 0.06 --seed $seed "$@" "$made-$seed" > "$made-$seed.log" &
    done
    wait
    cat "$made-9.log" "$made-10.log"
    python3 mean.py "$made" "$made-9" "$made-10"
}

twins() {
    earlier_links
    [ -f "$out/names-held-out" ] || last_links "$out/names-held-out" --lexicon "$out/held-out.lexicon"
    [ -f "$out/wordings-held-out" ] || last_links "$out/wordings-held-out" --lexicon lexicon.bin --names all
}

case $what in
ship)
    python3 lexicon.py --data "$data" --all lexicon.bin
    twins
    last_links "$out/shipped" --lexicon lexicon.bin --all
    cp "$out/shipped" tagger.bin
    python3 export_onnx.py tagger.bin body.onnx
    python3 check.py --write
    ;;
figures)
    twins
    python3 evaluate.py --data "$data" --lexicon lexicon.bin --threshold 0.5 0.3 0.05 --misses misses.md "$out/wordings-held-out" | tee "$out/wordings-held-out.txt"
    python3 evaluate.py --data "$data" --lexicon "$out/held-out.lexicon" --threshold 0.5 0.3 -- "$out/names-held-out" | tee "$out/names-held-out.txt"
    ;;
unseen)
    fold=${4:-3}
    held_out="--fold $fold --alone"
    earlier_links
    [ -f "$out/unseen" ] || last_links "$out/unseen" --lexicon lexicon.bin --names all
    python3 evaluate.py --data "$data" --fold "$fold" --write "$out/unseen.jsonl"
    ;;
spread)
    for seed in 7 8 9; do
        python3 train.py --data "$data" --lexicon lexicon.bin --names all --count 12000 --epochs 5 --seed $seed "$out/seed-$seed"
        python3 evaluate.py --data "$data" --lexicon lexicon.bin --count 300 "$out/seed-$seed" | tee "$out/seed-$seed.txt"
    done
    ;;
styles)
    for style in queries notes systems "lookalikes/words that are names too" "clean/brands and drugs" spoken letters brief formal intents registers grammar bare terse portal work reports agents ordinary \
        prose places tasks everyday moves talk twofold world charts asks shared "clean/eponyms and scores" "clean/numbers that are no identifiers"; do
        echo "== without $style"
        python3 train.py --data "$data" --lexicon lexicon.bin --names all --count 12000 --epochs 5 --without-style "$style" -- "$out/without"
        python3 evaluate.py --data "$data" --lexicon lexicon.bin --only-style "$style" --rows wordings --count 300 -- "$out/without"
    done
    ;;
small)
    held_out_lexicon
    python3 train.py --data "$data" --lexicon "$out/held-out.lexicon" --count 6000 --epochs 3 "$out/small"
    python3 evaluate.py --data "$data" --lexicon "$out/held-out.lexicon" --count 100 "$out/small"
    ;;
*)
    echo "unknown: $what (expected: ship, figures, unseen, spread, styles or small)" >&2
    exit 2
    ;;
esac

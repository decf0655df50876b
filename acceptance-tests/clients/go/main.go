// Command checklog checks an export of Anteroom's records with code that Anteroom did not write:
// golang.org/x/mod/sumdb/note for the signatures, golang.org/x/mod/sumdb/tlog for the tree.
//
//	checklog LOG_KEY [WITNESS_KEY] < export.jsonl
//
// It prints what it checked, and exits with 1 at the first thing that does not hold.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type line struct {
	Type               string   `json:"type"`
	Log                string   `json:"log"`
	Checkpoint         string   `json:"checkpoint"`
	Cosigned           string   `json:"cosigned"`
	Consistency        []string `json:"consistency"`
	First              int64    `json:"first"`
	Records            int64    `json:"records"`
	Index              int64    `json:"index"`
	Kind               string   `json:"kind"`
	Sequence           uint64   `json:"sequence"`
	Millis             uint64   `json:"millis"`
	TraceID            string   `json:"trace_id"`
	DecisionCommitment string   `json:"decision_commitment"`
	BodyCommitment     string   `json:"body_commitment"`
	Proof              []string `json:"proof"`
	Decision           *part    `json:"decision"`
	Body               *part    `json:"body"`
}

type part struct {
	Salt     string `json:"salt"`
	Text     string `json:"text"`
	Shredded bool   `json:"shredded"`
}

var kinds = map[string]byte{"intent": 1, "outcome": 2, "refusal": 3, "interrupted": 4, "original": 5, "link": 6}

func main() {
	if len(os.Args) < 2 {
		fail("usage: checklog LOG_KEY [WITNESS_KEY] < export.jsonl")
	}
	logKey, err := note.NewVerifier(os.Args[1])
	check(err)
	verifiers := []note.Verifier{logKey}
	if len(os.Args) > 2 {
		witness, err := newWitness(os.Args[2])
		check(err)
		verifiers = append(verifiers, witness)
	}
	var logs, records, texts, cosigned int64
	var tree tlog.Tree
	var hashes []tlog.Hash
	var whole, ended bool
	finish := func() {
		if !whole {
			return
		}
		root, err := tlog.TreeHash(tree.N, reader(hashes))
		check(err)
		if root != tree.Hash {
			fail("the root of all records is not the signed one")
		}
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		raw, err := in.ReadBytes('\n')
		if err == io.EOF {
			break
		}
		check(err)
		var l line
		check(json.Unmarshal(raw, &l))
		switch l.Type {
		case "log":
			finish()
			logs++
			hashes = nil
			tree = open(l.Checkpoint, note.VerifierList(logKey), l.Log)
			whole = l.First == 0 && l.Records == tree.N
			if l.Cosigned != "" && len(verifiers) > 1 {
				older := open(l.Cosigned, note.VerifierList(verifiers[1]), l.Log)
				if older.N < tree.N {
					check(tlog.CheckTree(proof(l.Consistency), tree.N, tree.Hash, older.N, older.Hash))
				} else if older != tree {
					fail("two checkpoints of one size differ")
				}
				cosigned++
			}
		case "record":
			records++
			data := leaf(l)
			hash := tlog.RecordHash(data)
			check(tlog.CheckRecord(proof(l.Proof), tree.N, tree.Hash, l.Index, hash))
			if whole {
				stored, err := tlog.StoredHashes(l.Index, data, reader(hashes))
				check(err)
				hashes = append(hashes, stored...)
			}
			texts += opened(l.Decision, l.DecisionCommitment) + opened(l.Body, l.BodyCommitment)
		case "end":
			finish()
			ended = true
		default:
			fail("a line of type " + l.Type)
		}
	}
	if !ended {
		fail("the end is missing")
	}
	fmt.Printf("logs %d records %d texts %d cosigned %d\n", logs, records, texts, cosigned)
}

// open checks a signed checkpoint of this log.
func open(text string, verifiers note.Verifiers, log string) tlog.Tree {
	opened, err := note.Open([]byte(text), verifiers)
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || !strings.HasPrefix(lines[0], "anteroom/") || !strings.HasSuffix(lines[0], "/"+log) {
		fail("not a checkpoint of " + log)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: root}
}

// leaf puts together what the tree is over: bytes of the frame, see docs/records.md.
func leaf(l line) []byte {
	kind, known := kinds[l.Kind]
	if !known {
		fail("a record of kind " + l.Kind)
	}
	data := []byte{2, kind, 0, 0}
	data = append(data, number(l.Sequence)...)
	data = append(data, number(l.Millis)...)
	id, err := hex.DecodeString(strings.ReplaceAll(l.TraceID, "-", ""))
	check(err)
	data = append(data, id...)
	data = append(data, commitment(l.DecisionCommitment)...)
	return append(data, commitment(l.BodyCommitment)...)
}

func number(n uint64) []byte {
	out := make([]byte, 8)
	binary.BigEndian.PutUint64(out, n)
	return out
}

func commitment(text string) []byte {
	if text == "" {
		return make([]byte, 32)
	}
	hash, err := tlog.ParseHash(text)
	check(err)
	return hash[:]
}

// opened checks a text against its commitment and counts it.
func opened(p *part, committed string) int64 {
	if p == nil || p.Shredded {
		return 0
	}
	salt, err := base64.StdEncoding.DecodeString(p.Salt)
	check(err)
	if tlog.Hash(sha256.Sum256(append(salt, p.Text...))) != toHash(committed) {
		fail("a text is not what its record commits to")
	}
	return 1
}

func toHash(text string) tlog.Hash {
	hash, err := tlog.ParseHash(text)
	check(err)
	return hash
}

func proof(texts []string) []tlog.Hash {
	hashes := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		hashes[i] = toHash(text)
	}
	return hashes
}

func reader(hashes []tlog.Hash) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			if at >= int64(len(hashes)) {
				return nil, fmt.Errorf("hash %d is not there", at)
			}
			out[i] = hashes[at]
		}
		return out, nil
	})
}

// witness verifies cosignature/v1 of c2sp.org/tlog-cosignature, which the note package has no word for.
type witness struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func newWitness(text string) (note.Verifier, error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("not a verifier key")
	}
	typed, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(typed) != 33 || typed[0] != 4 {
		return nil, fmt.Errorf("not the key of a witness")
	}
	hash := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
	id := binary.BigEndian.Uint32(hash[:])
	if fmt.Sprintf("%08x", id) != parts[1] {
		return nil, fmt.Errorf("the number of the key does not fit")
	}
	return &witness{parts[0], id, ed25519.PublicKey(typed[1:])}, nil
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.id }

func (w *witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(sig)
	message := append([]byte("cosignature/v1\ntime "+strconv.FormatUint(seconds, 10)+"\n"), msg...)
	return ed25519.Verify(w.key, message, sig[8:])
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, "checklog:", why)
	os.Exit(1)
}

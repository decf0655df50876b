package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MerkleTreeTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());
    private static final int LEAVES = 130;

    private final Hashes hashes = new Hashes();
    private final MerkleProofs proofs = new MerkleProofs(hashes);
    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    @Test
    void root_leavesOfTheReferenceTree_areThoseOfCertificateTransparency() {
        List<String> leaves = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        List<String> roots = List.of(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        CompactRange range = new CompactRange(hashes);
        for (int i = 0; i < roots.size(); i++) {
            assertEquals(roots.get(i), HexFormat.of().formatHex(range.root()), "size " + i);
            if (i < leaves.size()) {
                range.add(hashes.leaf(HexFormat.of().parseHex(leaves.get(i))));
            }
        }
    }

    @Test
    void proofs_everyLeafAndEveryPairOfSizes_holdAndHoldForNothingElse() throws IOException {
        List<byte[]> leaves = new ArrayList<>();
        List<TreeHead> heads = new ArrayList<>();
        CompactRange range = new CompactRange(hashes);
        try (TreeFile file = TreeFile.create(folder.resolve("tree"))) {
            heads.add(range.head());
            for (int i = 0; i < LEAVES; i++) {
                byte[] leaf = new byte[32];
                random.nextBytes(leaf);
                leaves.add(leaf);
                range.add(leaf, 0, (level, hash, at) -> append(file, Arrays.copyOfRange(hash, at, at + 32)));
                heads.add(range.head());
            }
            MerkleTree tree = new MerkleTree(hashes, file);
            for (int size = 0; size <= LEAVES; size++) {
                TreeHead head = heads.get(size);
                assertArrayEquals(head.root(), tree.root(size));
                assertArrayEquals(head.root(), byDefinition(leaves.subList(0, size)));
                for (int index = 0; index < size; index++) {
                    List<byte[]> path = tree.inclusion(index, size);
                    assertTrue(proofs.isIncluded(index, leaves.get(index), head, path));
                    assertFalse(proofs.isIncluded((index + 1) % LEAVES, leaves.get(index), head, path));
                    assertFalse(proofs.isIncluded(index, leaves.get(index), heads.get((size + 1) % LEAVES), path));
                    assertFalse(proofs.isIncluded(index, leaves.get(index), head, changed(path)));
                }
                for (int first = 0; first <= size; first++) {
                    List<byte[]> path = tree.consistency(first, size);
                    assertTrue(proofs.isConsistent(heads.get(first), head, path), first + " to " + size);
                    assertFalse(proofs.isConsistent(heads.get(first), head, changed(path)), first + " to " + size);
                    if (first > 0 && first < size) {
                        TreeHead other = new TreeHead(first, leaves.getFirst());
                        assertFalse(proofs.isConsistent(other, head, path) && first > 1);
                    }
                }
            }
        }
    }

    /** Every second call: one bit flipped; else one hash more, or one less. */
    private List<byte[]> changed(List<byte[]> path) {
        List<byte[]> changed = new ArrayList<>(path);
        if (path.isEmpty() || random.nextInt(4) == 0) {
            changed.add(new byte[32]);
        } else if (random.nextInt(4) == 0) {
            changed.removeLast();
        } else {
            int at = random.nextInt(path.size());
            byte[] hash = path.get(at).clone();
            hash[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
            changed.set(at, hash);
        }
        return changed;
    }

    private static void append(TreeFile file, byte[] hash) {
        try {
            file.append(hash, hash.length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** MTH of RFC 9162, 2.1.1, word by word. */
    private byte[] byDefinition(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return hashes.empty();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (2 * k < leaves.size()) {
            k *= 2;
        }
        return hashes.node(byDefinition(leaves.subList(0, k)), byDefinition(leaves.subList(k, leaves.size())));
    }
}

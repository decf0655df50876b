package dev.anteroom.traces;

import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log says it holds, as c2sp.org/tlog-checkpoint writes it: origin, size, root. Immutable.
 *
 * @param origin {@code anteroom/GATEWAY/LOG}
 */
record Checkpoint(String origin, TreeHead head) {
    private static final Pattern ORIGIN = Pattern.compile("anteroom/([A-Za-z0-9._-]{1,64})/([0-9a-f]{32})");
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** The origin of the log of one lifetime. */
    static String origin(String gatewayId, String log) {
        return keyName(gatewayId) + "/" + log;
    }

    /** What the key that signs a gateway's checkpoints is called. */
    static String keyName(String gatewayId) {
        return "anteroom/" + gatewayId;
    }

    /** Parses the text of a note. */
    static Checkpoint parse(String text) throws NoteException {
        List<String> lines = List.of(
                text.endsWith("\n") ? text.substring(0, text.length() - 1).split("\n", -1) : new String[0]);
        if (lines.size() < 3
                || lines.stream().anyMatch(String::isEmpty)
                || !SIZE.matcher(lines.get(1)).matches()) {
            throw new NoteException("not a checkpoint (expected: origin, size, root)");
        }
        byte[] root = SignedNote.base64(lines.get(2));
        if (root.length != Hashes.BYTES) {
            throw new NoteException("not a checkpoint (expected: a root of 32 bytes)");
        }
        return new Checkpoint(lines.getFirst(), new TreeHead(Long.parseLong(lines.get(1)), root));
    }

    long size() {
        return head.size();
    }

    /** The id of the log; throws where the origin is not of a gateway. */
    String log() throws NoteException {
        return part(2);
    }

    String gatewayId() throws NoteException {
        return part(1);
    }

    private String part(int group) throws NoteException {
        Matcher matcher = ORIGIN.matcher(origin);
        if (!matcher.matches()) {
            throw new NoteException("not a checkpoint of a gateway (expected: anteroom/GATEWAY/LOG)");
        }
        return matcher.group(group);
    }

    /** The text of the note. */
    String text() {
        return origin + "\n" + head.size() + "\n" + Base64.getEncoder().encodeToString(head.root()) + "\n";
    }

    SignedNote sign(NoteSigner signer) {
        return new SignedNote(text(), List.of(signer.sign(text(), 0)));
    }
}

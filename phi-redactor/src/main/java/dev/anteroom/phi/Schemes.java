package dev.anteroom.phi;

import java.util.Arrays;

/**
 * The URL schemes that make a link without {@code ://}, recognised from a word that is packed as it arrives, five bits a letter.
 * Stateless.
 */
final class Schemes {

    private static final int LONGEST = 12;

    /** {@code tel} and {@code sms} are left out: “Tel:” is ordinary in letters, and such a link reaches no server. */
    private static final long[] SCHEMES = packed(
            "http",
            "https",
            "ftp",
            "ftps",
            "sftp",
            "ws",
            "wss",
            "mailto",
            "data",
            "javascript",
            "vbscript",
            "file",
            "blob",
            "filesystem",
            "cid",
            "mid",
            "xmpp",
            "sip",
            "sips",
            "magnet",
            "intent",
            "smb",
            "ldap",
            "ldaps",
            "ssh",
            "git",
            "urn",
            "callto",
            "skype",
            "facetime",
            "feed",
            "gopher",
            "irc",
            "jar",
            "livescript",
            "matrix",
            "news",
            "nntp",
            "rtsp",
            "svn",
            "webcal",
            "whatsapp");

    private static final long WWW = pack("www");

    private Schemes() {}

    static boolean isScheme(long word, int length) {
        return length >= 2 && length <= LONGEST && Arrays.binarySearch(SCHEMES, word) >= 0;
    }

    static boolean isWww(long word, int length) {
        return length == 3 && word == WWW;
    }

    private static long[] packed(String... names) {
        long[] packed = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            packed[i] = pack(names[i]);
        }
        Arrays.sort(packed);
        return packed;
    }

    private static long pack(String name) {
        long word = 0;
        for (int i = 0; i < name.length(); i++) {
            word = word << 5 | (name.charAt(i) & 31);
        }
        return word;
    }
}

package dev.anteroom.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The rule that parts what the redactor is measured on from what it may learn from. Stateless.
 *
 * <p>An item (a name, a city, a wording, {@code set/template id}, {@code set/encounter}) is held out when the 64-bit FNV-1a hash of its
 * UTF-8 bytes, stripped and in lower case, its high half folded into the low one, leaves no remainder when divided by 5. The rule looks
 * at nothing but the item, so the parts stay the same when lists grow or change their order.
 */
public final class HeldOut {
    private static final int PARTS = 5;

    private HeldOut() {}

    /** Whether the item belongs to the evaluation and must be left out of training. */
    public static boolean test(String item) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : item.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return Long.remainderUnsigned(hash ^ (hash >>> 32), PARTS) == 0;
    }
}

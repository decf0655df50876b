package dev.anteroom.gateway.call;

import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.traces.ContentDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a record says of texts that it does not hold. Immutable.
 *
 * @param original keyed digest of what the call asked
 * @param conversation the same for all calls of one conversation: keyed digest of its texts up to the first of a user
 */
record CallProof(String original, String conversation) {
    private static final String USER = "user";

    static CallProof of(ContentDigest digest, byte[] body, int length, CallIdentity identity, CompiledRequest request) {
        List<String> first = new ArrayList<>();
        for (CompiledRequest.MessageText text : request.messageTexts()) {
            first.add(text.role());
            first.add(request.positions().get(text.position()).text());
            if (text.role().equals(USER)) {
                break;
            }
        }
        return new CallProof(
                digest.original(body, length), first.isEmpty() ? "" : digest.conversation(identity.tenant(), first));
    }
}

package dev.anteroom.egress;

/**
 * A number of a declared, bounded parameter (temperature, max_tokens), written with the caller's own digits. Immutable.
 *
 * @param token a JSON number of at most {@value #MAX_CHARS} characters (RFC 8259 section 6)
 */
public record WireNumber(String token) {
    /** Room for a signed 64-bit integer or a double, and no more. */
    public static final int MAX_CHARS = 25;

    /** @throws IllegalArgumentException where the token is no such number; the message does not repeat it */
    public WireNumber {
        if (token.length() > MAX_CHARS || !isNumber(token)) {
            throw new IllegalArgumentException("not a JSON number of at most " + MAX_CHARS + " characters");
        }
    }

    private static boolean isNumber(String token) {
        int at = token.startsWith("-") ? 1 : 0;
        int integerEnd = digitsEnd(token, at);
        if (integerEnd == at || (token.charAt(at) == '0' && integerEnd > at + 1)) {
            return false;
        }
        at = integerEnd;
        if (at < token.length() && token.charAt(at) == '.') {
            int fractionEnd = digitsEnd(token, at + 1);
            if (fractionEnd == at + 1) {
                return false;
            }
            at = fractionEnd;
        }
        if (at < token.length() && (token.charAt(at) == 'e' || token.charAt(at) == 'E')) {
            at++;
            if (at < token.length() && (token.charAt(at) == '+' || token.charAt(at) == '-')) {
                at++;
            }
            int exponentEnd = digitsEnd(token, at);
            if (exponentEnd == at) {
                return false;
            }
            at = exponentEnd;
        }
        return at == token.length();
    }

    private static int digitsEnd(String token, int from) {
        int at = from;
        while (at < token.length() && token.charAt(at) >= '0' && token.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}

package dev.anteroom.evaluation;

/**
 * The Wilson 95 % interval of a share. Immutable.
 *
 * @param low the lower bound, from 0 to 1
 * @param high the upper bound, from 0 to 1
 */
record Wilson(double low, double high) {
    private static final double Z = 1.959963984540054;

    static Wilson of(long hits, long trials) {
        if (trials == 0) {
            return new Wilson(0, 1);
        }
        double n = trials;
        double share = hits / n;
        double centre = share + Z * Z / (2 * n);
        double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        return new Wilson(Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale));
    }
}

package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is known about the patient of a call before any detector looks.
 * Immutable. It never shows its values.
 */
public final class KnownValues {

    private static final KnownValues NONE = new KnownValues(List.of());

    private final List<Value> values;

    private KnownValues(List<Value> values) {
        this.values = values;
    }

    /** Returns the knowledge of nothing. */
    public static KnownValues none() {
        return NONE;
    }

    /** Returns a new builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns how many values there are. */
    public int size() {
        return values.size();
    }

    List<Value> values() {
        return values;
    }

    @Override
    public String toString() {
        return "KnownValues[" + values.size() + "]";
    }

    /** One known value. Immutable. */
    record Value(PhiCategory category, String text) {
        @Override
        public String toString() {
            return category.name();
        }
    }

    /** Collects known values. Confined to one thread. */
    public static final class Builder {

        private final List<Value> values = new ArrayList<>();

        private Builder() {}

        /** Adds a value; a blank one is ignored. */
        public Builder add(PhiCategory category, String value) {
            Objects.requireNonNull(category);
            if (!value.isBlank()) {
                values.add(new Value(category, value.strip()));
            }
            return this;
        }

        /** Returns the values added so far. */
        public KnownValues build() {
            return values.isEmpty() ? NONE : new KnownValues(List.copyOf(values));
        }
    }
}

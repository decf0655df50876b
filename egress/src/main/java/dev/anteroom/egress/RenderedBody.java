package dev.anteroom.egress;

/** The bytes of a body around its model slot; a body without the slot has an empty tail. Never changed after it is made. */
@SuppressWarnings("ArrayRecordComponent") // package-private carrier, never compared
record RenderedBody(byte[] head, byte[] tail, boolean hasModelSlot) {

    /** The whole body with this model's name in its slot. */
    byte[] withModel(WireConstant model) {
        if (!hasModelSlot) {
            return head.clone();
        }
        byte[] name =
                new JsonBytes(model.text().length() + 2).string(model.text()).toArray();
        byte[] whole = new byte[head.length + name.length + tail.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(name, 0, whole, head.length, name.length);
        System.arraycopy(tail, 0, whole, head.length + name.length, tail.length);
        return whole;
    }
}

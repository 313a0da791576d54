package gofer.runtime.chan;

import gofer.runtime.park.HappensBefore;

/// A value in a buffer that never makes a sender wait, while happens-before edges are recorded.
///
/// In other buffers, the slots carry the edges, in both directions: a sender that reuses a slot comes after the receive
/// that freed it. Here only a receive comes after its send.
///
/// @param value the value that was sent
record Parcel(Object value) {

    /// Returns `value`, in a parcel if edges are recorded.
    static Object wrap(Object value) {
        if (!HappensBefore.isRecorded()) {
            return value;
        }
        Parcel parcel = new Parcel(value);
        HappensBefore.release(parcel);
        return parcel;
    }

    /// Returns the value that [#wrap] was called with.
    static Object open(Object stored) {
        if (!(stored instanceof Parcel parcel)) {
            return stored;
        }
        HappensBefore.acquire(parcel);
        return parcel.value;
    }
}

package gofer.race.rewrite;

/// What a call does with an object that is one variable, such as a collection.
enum Effect {
    READ,
    WRITE,
    /// A write if the size of the collection is another one after the call, otherwise a read.
    CHANGE,
    /// A write if the map keeps the order of access, otherwise a read.
    READ_VALUE,
    /// A read of the list, and of the element whose index is the first argument.
    READ_ITEM,
    /// A read of the list, and a write of that element.
    WRITE_ITEM,
    /// A read of the list, and writes of the elements whose indexes are the second and third argument.
    SWAP;

    boolean isOfItem() {
        return this == READ_ITEM || this == WRITE_ITEM;
    }
}

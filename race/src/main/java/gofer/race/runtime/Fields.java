package gofer.race.runtime;

/// The fields of instrumented code, by number.
///
/// The class of a field with epochs has four more fields for it, static if it is static. For the field `total`:
///
///     long gofer$w$total    the epoch of the last write
///     long gofer$r$total    the epoch of the last read; a negative number if several threads have read it
///     int gofer$ws$total    the site of that write
///     int gofer$rs$total    the site of that read
///
/// The detector keeps the epochs of all other fields in a table.
public final class Fields {

    private Fields() {}

    /// Returns the number of a field.
    ///
    /// @param type the binary name of the class that declares it
    /// @param name its name
    /// @param isStatic whether it is static
    /// @param hasEpochs whether the class has the fields for its epochs
    public static int add(String type, String name, boolean isStatic, boolean hasEpochs) {
        return 0;
    }
}

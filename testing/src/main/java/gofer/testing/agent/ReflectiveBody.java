package gofer.testing.agent;

import java.lang.reflect.Method;

/// A body that calls a method by reflection, which the code of the body does not show.
public interface ReflectiveBody {

    /// Returns the method.
    Method root();
}

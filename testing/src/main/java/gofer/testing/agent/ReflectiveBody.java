package gofer.testing.agent;

import java.lang.reflect.Method;

/// A body that calls a method by reflection, so that its code does not show the method.
public interface ReflectiveBody {

    /// Returns the method.
    Method root();
}

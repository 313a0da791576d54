package gofer.testing.agent;

import java.lang.reflect.Method;

/// A body that calls a method by reflection: what it does is not found otherwise.
public interface ReflectiveBody {

    /// The method.
    Method root();
}

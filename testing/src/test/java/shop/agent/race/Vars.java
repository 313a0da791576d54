package shop.agent.race;

/// Plain variables that the goroutines of a twin share.
final class Vars {
    int x;
    int y;
    int z;
    String s = "";
    Object o = "";
}

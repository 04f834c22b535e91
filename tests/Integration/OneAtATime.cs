// Each test starts a whole system, whose steps have two seconds of real time: side by side they would compile each other out of it
[assembly: CollectionBehavior(DisableTestParallelization = true)]

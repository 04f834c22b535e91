namespace Dapr.Workflow;

/// <summary>Running many tasks of a workflow with a limit on how many are out at a time.</summary>
public static class ParallelExtensions
{
    /// <summary>
    /// Runs <paramref name="taskFactory"/> for every input, at most <paramref name="maxConcurrency"/> at a time; results are in the order of the inputs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is below 1.</exception>
    /// <exception cref="AggregateException">At least one task failed; thrown when all have ended.</exception>
    public static async Task<TResult[]> ProcessInParallelAsync<TInput, TResult>(
        this WorkflowContext context,
        IEnumerable<TInput> inputs,
        Func<TInput, Task<TResult>> taskFactory,
        int maxConcurrency = 5)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(taskFactory);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);

        var all = inputs.ToArray();
        var results = new TResult[all.Length];
        var failures = new List<Exception>();
        var window = new List<Task>();
        for (var index = 0; index < all.Length; index++)
        {
            if (window.Count == maxConcurrency)
                window.Remove(await Task.WhenAny(window));
            window.Add(RunAsync(index));
        }

        await Task.WhenAll(window);
        return failures.Count == 0 ? results : throw new AggregateException(failures);

        async Task RunAsync(int index)
        {
            try
            {
                results[index] = await taskFactory(all[index]);
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }
    }
}

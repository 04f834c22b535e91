using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Resort.Tests.Conformance.ParallelRows", "Resort.Tests.Conformance")]

namespace Resort.Tests.Conformance;

/// <summary>
/// The rows of a theory at the same time, so many at once; xunit itself plays them one after the other. Scenarios wait most of their time, and
/// each has ports and data of its own.
/// </summary>
public sealed class ParallelRows(IMessageSink messages) : XunitTestFramework(messages)
{
    private const int AtOnce = 12;

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics) : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new AssemblyRunner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class AssemblyRunner(ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
    {
        protected override Task<RunSummary> RunTestCollectionAsync(IMessageBus bus, ITestCollection collection, IEnumerable<IXunitTestCase> testCases, CancellationTokenSource cancel) =>
            new CollectionRunner(collection, testCases, DiagnosticMessageSink, bus, TestCaseOrderer, new ExceptionAggregator(Aggregator), cancel).RunAsync();
    }

    private sealed class CollectionRunner(
        ITestCollection collection, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageBus bus, ITestCaseOrderer orderer, ExceptionAggregator errors, CancellationTokenSource cancel)
        : XunitTestCollectionRunner(collection, cases, diagnostics, bus, orderer, errors, cancel)
    {
        protected override Task<RunSummary> RunTestClassAsync(ITestClass testClass, IReflectionTypeInfo type, IEnumerable<IXunitTestCase> testCases) =>
            new ClassRunner(testClass, type, testCases, DiagnosticMessageSink, MessageBus, TestCaseOrderer, new ExceptionAggregator(Aggregator), CancellationTokenSource, CollectionFixtureMappings).RunAsync();
    }

    private sealed class ClassRunner(
        ITestClass testClass, IReflectionTypeInfo type, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageBus bus, ITestCaseOrderer orderer, ExceptionAggregator errors,
        CancellationTokenSource cancel, IDictionary<Type, object> fixtures)
        : XunitTestClassRunner(testClass, type, cases, diagnostics, bus, orderer, errors, cancel, fixtures)
    {
        protected override Task<RunSummary> RunTestMethodAsync(ITestMethod method, IReflectionMethodInfo info, IEnumerable<IXunitTestCase> testCases, object[] constructorArguments) =>
            new MethodRunner(method, Class, info, testCases, DiagnosticMessageSink, MessageBus, new ExceptionAggregator(Aggregator), CancellationTokenSource, constructorArguments).RunAsync();
    }

    private sealed class MethodRunner(
        ITestMethod method, IReflectionTypeInfo type, IReflectionMethodInfo info, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageBus bus, ExceptionAggregator errors,
        CancellationTokenSource cancel, object[] constructorArguments)
        : XunitTestMethodRunner(method, type, info, cases, diagnostics, bus, errors, cancel, constructorArguments)
    {
        protected override async Task<RunSummary> RunTestCasesAsync()
        {
            using var free = new SemaphoreSlim(AtOnce);
            var rows = await Task.WhenAll(TestCases.Select(async row =>
            {
                await free.WaitAsync();
                try { return await RunTestCaseAsync(row); }
                finally { free.Release(); }
            }));
            var summary = new RunSummary();
            foreach (var row in rows) summary.Aggregate(row);
            return summary;
        }
    }
}

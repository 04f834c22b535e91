using System.Reflection;
using Xunit.Sdk;

namespace Resort.Tests.View;

/// <summary>A row of a theory, on each database that is here: the database is the test's first parameter.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OnEachAttribute(params object?[] row) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => Databases.Here.Select(database => (object?[])[database, .. row]);
}

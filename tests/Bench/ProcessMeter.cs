using System.Globalization;

namespace Resort.Tests.Bench;

/// <summary>CPU time and memory of a process and all its descendants, as Linux tells them in /proc.</summary>
internal sealed class ProcessMeter(int root)
{
    private const double TicksPerSecond = 100;

    public TimeSpan CpuTime() => TimeSpan.FromSeconds(Family().Sum(process => process.Ticks) / TicksPerSecond);

    public long MemoryMiB() => Family().Sum(process => process.Pages) * Environment.SystemPageSize >> 20;

    private List<(int Id, long Ticks, long Pages)> Family()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => Read(name!)).OfType<Stat>().ToList();
        var family = new HashSet<int> { root };
        while (all.Where(stat => family.Contains(stat.Parent) && family.Add(stat.Id)).ToList().Count > 0) { }
        return [.. all.Where(stat => family.Contains(stat.Id)).Select(stat => (stat.Id, stat.Ticks, stat.Pages))];
    }

    private static Stat? Read(string id)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture); // the first two are the id and the name
            return new Stat(int.Parse(id, CultureInfo.InvariantCulture), (int)Field(4), Field(14) + Field(15), Field(24));
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }

    private sealed record Stat(int Id, int Parent, long Ticks, long Pages);
}
